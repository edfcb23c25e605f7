import { useEffect, useMemo, useState } from 'react'
import type { Rect } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/shownSpace'
import type { ReadyOutput, RunOutput } from '../../state/runs/runs'
import { layersOfPicture } from '../../state/session/pictureLayers'
import type { SourceImage } from '../../state/session/source'
import type { PictureLayer } from '../canvas/drawPicture'
import { useApp } from '../hooks/useApp'

export function useOriginal(source: SourceImage): readonly PictureLayer[] {
  return useMemo(() => layersOfPicture(source), [source])
}

/** The layers of an output: drawn over the original, unless it is a whole picture. */
export function layersOf(
  original: readonly PictureLayer[],
  { levels, rect, opaque, whole, crop }: ReadyOutput,
): readonly PictureLayer[] {
  const layer = { levels, at: rect, opaque, colorSpace: shownSpace(crop.profile) }
  return whole ? [layer] : [...original, layer]
}

interface Maps {
  readonly of: readonly RunOutput[]
  /** By output; null until it is computed. */
  readonly layers: readonly (readonly PictureLayer[] | null)[]
}

/** @returns the heat maps as layers, by output: null until it is computed; null if not wanted */
export function useDifferences(
  source: SourceImage,
  outputs: readonly RunOutput[],
  frame: Rect,
  wanted: boolean,
): Maps['layers'] | null {
  const app = useApp()
  const [made, setMade] = useState<Maps | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    let isOpen = true
    const bitmaps: ImageBitmap[] = []
    const close = () => {
      for (const bitmap of bitmaps.splice(0)) bitmap.close()
    }
    /** What comes too late is closed at once. */
    const keep = (levels: readonly ImageBitmap[]) => {
      bitmaps.push(...levels)
      if (!isOpen) close()
    }
    const make = async () => {
      const tones = { opaque: true, colorSpace: 'srgb' } as const
      const black = { levels: [await app.pictures.black()], at: frame, ...tones }
      keep(black.levels)
      const layers: (readonly PictureLayer[] | null)[] = outputs.map(() => null)
      for (const [place, output] of outputs.entries()) {
        if (!isOpen) return
        if (output.kind !== 'ready') continue
        const levels = await app.pictures.difference(source, output)
        keep(levels)
        layers[place] = [black, { levels, at: output.rect, ...tones }]
        if (isOpen) setMade({ of: outputs, layers: [...layers] })
      }
    }
    make().catch(app.messages.report)
    return () => {
      isOpen = false
      setMade(null)
      close()
    }
  }, [app, source, outputs, frame, wanted])
  return wanted && made?.of === outputs ? made.layers : null
}
