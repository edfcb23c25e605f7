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

/** @returns the heat maps as layers, by output; null until they are computed, or if not wanted */
export function useDifferences(
  source: SourceImage,
  outputs: readonly RunOutput[],
  frame: Rect,
  wanted: boolean,
): readonly (readonly PictureLayer[] | null)[] | null {
  const app = useApp()
  const [made, setMade] = useState<{
    outputs: readonly RunOutput[]
    layers: (PictureLayer[] | null)[]
  } | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    let open = true
    const make = async () => {
      const tones = { opaque: true, colorSpace: 'srgb' } as const
      const black = { levels: [await app.pictures.black()], at: frame, ...tones }
      const layers = await Promise.all(
        outputs.map(async (output) => {
          if (output.kind !== 'ready') return null
          const levels = await app.pictures.difference(source, output)
          return [black, { levels, at: output.rect, ...tones }]
        }),
      )
      if (open) setMade({ outputs, layers })
    }
    make().catch(app.messages.report)
    return () => {
      open = false
    }
  }, [app, source, outputs, frame, wanted])
  return wanted && made?.outputs === outputs ? made.layers : null
}
