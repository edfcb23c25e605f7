import { heatMap } from '../../core/image/difference'
import { cropRgba } from '../../core/image/raster'
import { resampleRgba } from '../../core/image/resample'
import type { Ports } from '../ports'
import type { SourceImage } from '../session/session'
import type { ReadyOutput, Run } from './runs'

/** Pictures for display. The caller closes the bitmaps. */
export interface Pictures {
  /** A run's thumbnail, made from its pictures in memory, else read from disk; null where neither exists. */
  thumbnail(run: Pick<Run, 'source' | 'outputs' | 'record'>): Promise<ImageBitmap | null>
  /** Where and how far an output differs from the picture, over the output's rectangle: full size first. */
  difference(source: SourceImage, output: ReadyOutput): Promise<readonly ImageBitmap[]>
  /** One black pixel, to be drawn over a whole picture: outside the output nothing differs. */
  black(): Promise<ImageBitmap>
}

export function createPictures({ codec, runs }: Ports): Pictures {
  return {
    async thumbnail({ source, outputs, record }) {
      if (!source) {
        const stored = await runs.loadThumbnail(record.id)
        return stored && codec.toBitmap(stored)
      }
      const first = outputs.find((output) => output.kind === 'ready')
      const patch = first ?? { levels: [], rect: { x: 0, y: 0, width: 1, height: 1 } }
      return codec.toBitmap(await codec.thumbnail(source.pixels, source.levels, patch.levels, patch.rect))
    },
    async difference(source, { crop, rect, whole }) {
      const before = cropRgba(source.pixels, rect)
      const same = whole ? resampleRgba(before, crop.width, crop.height) : before
      return (await codec.levels(heatMap(same, crop))).levels
    },
    black: () => codec.toBitmap(new ImageData(new Uint8ClampedArray([0, 0, 0, 255]), 1, 1)),
  }
}
