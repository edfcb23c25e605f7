import { useEffect, useMemo, useState } from 'react'
import { containsRect } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/shownSpace'
import { MAX_FULL_PIXELS, placeOfPart, seenPart } from '../../core/image/seenPart'
import type { View } from '../../core/viewport'
import type { ReadyOutput } from '../../state/runs/runs'
import type { PictureLayer } from '../canvas/drawPicture'
import { useApp } from '../hooks/useApp'

/** A view that moves shows half the size meanwhile, ms. */
const REST_MS = 120

interface Detail {
  readonly of: ReadyOutput
  readonly layer: PictureLayer
}

/** The part of a large output that is seen, at full size: the rest of it is not in memory. @returns null where none is needed */
export function useDetail(output: ReadyOutput | undefined, view: View | null): PictureLayer | null {
  const app = useApp()
  const [detail, setDetail] = useState<Detail | null>(null)
  const part = useMemo(() => {
    if (!output || !view || output.crop.width * output.crop.height <= MAX_FULL_PIXELS) return null
    return seenPart(view, output.rect, output.crop)
  }, [output, view])
  const own = detail?.of === output ? detail : null
  const isThere =
    !part || !output || (own && containsRect(own.layer.at, placeOfPart(part, output.rect, output.crop)))
  useEffect(() => {
    if (isThere) return undefined
    let isWanted = true
    const make = async () => {
      const { levels, opaque } = await app.pictures.part(output, part)
      if (!isWanted) {
        for (const level of levels) level.close()
        return
      }
      const at = placeOfPart(part, output.rect, output.crop)
      setDetail({ of: output, layer: { levels, at, opaque, colorSpace: shownSpace(output.crop.profile) } })
    }
    const timer = setTimeout(() => void make().catch(app.messages.report), REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [app, isThere, output, part])
  useEffect(
    () => () => {
      for (const level of detail?.layer.levels ?? []) if (level instanceof ImageBitmap) level.close()
    },
    [detail],
  )
  return part && own ? own.layer : null
}
