import { useEffect, useMemo, useState } from 'react'
import { containsRect } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/shownSpace'
import { MAX_FULL_PIXELS, placeOfPart, seenPart } from '../../core/image/seenPart'
import type { View } from '../../core/viewport'
import type { ReadyOutput } from '../../state/runs/runs'
import type { SourceImage } from '../../state/session/source'
import type { PictureLayer } from '../canvas/drawPicture'
import { useApp } from '../hooks/useApp'

/** A view that moves shows half the size meanwhile, ms. */
const REST_MS = 120

interface Detail {
  readonly of: ReadyOutput
  readonly against: SourceImage | null
  readonly layer: PictureLayer
}

/**
 * The part of a large output that is seen, at full size: the rest of it is not in memory.
 * @param against how the output differs from this picture is seen instead
 * @returns null where none is needed
 */
export function useDetail(
  output: ReadyOutput | undefined,
  view: View | null,
  against: SourceImage | null,
): PictureLayer | null {
  const app = useApp()
  const [detail, setDetail] = useState<Detail | null>(null)
  const part = useMemo(() => {
    if (!output || !view || output.crop.width * output.crop.height <= MAX_FULL_PIXELS) return null
    return seenPart(view, output.rect, output.crop)
  }, [output, view])
  const own = detail?.of === output && detail?.against === against ? detail : null
  const isThere =
    !part || !output || (own && containsRect(own.layer.at, placeOfPart(part, output.rect, output.crop)))
  useEffect(() => {
    if (isThere) return undefined
    let isWanted = true
    const make = async () => {
      const shown = await app.pictures.part(output, part, against)
      if (!isWanted || !shown) {
        for (const level of shown?.levels ?? []) level.close()
        return
      }
      const at = placeOfPart(part, output.rect, output.crop)
      const colorSpace = against ? 'srgb' : shownSpace(output.crop.profile)
      setDetail({ of: output, against, layer: { ...shown, at, colorSpace } })
    }
    const timer = setTimeout(() => void make().catch(app.messages.report), REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [app, isThere, output, part, against])
  useEffect(
    () => () => {
      for (const level of detail?.layer.levels ?? []) if (level instanceof ImageBitmap) level.close()
    },
    [detail],
  )
  return part && own ? own.layer : null
}
