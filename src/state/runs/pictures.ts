import { movedRect, type Rect } from '../../core/geometry'
import { cropRgba } from '../../core/image/raster'
import type { PictureLevels } from '../../platform/codecApi'
import type { Ports } from '../ports'
import { readPicture } from '../session/patches'
import { pictureSize, type SourceImage } from '../session/source'
import { createDifferences, hasOwnPixels } from './differences'
import type { ReadyOutput, Run } from './runs'

/** Pictures for display. The caller closes the bitmaps. */
export interface Pictures {
  /** A run's thumbnail, made from its pictures in memory, else read from disk; null where neither exists. */
  thumbnail(run: Pick<Run, 'source' | 'outputs' | 'record'>): Promise<ImageBitmap | null>
  /** Where and how far an output differs from the picture, over the output's rectangle, no larger than it is shown. */
  difference(source: SourceImage, output: ReadyOutput): Promise<readonly ImageBitmap[]>
  /**
   * A part of an output at full size.
   * @param part px of its own
   * @param against where and how far the part differs from this picture is shown instead; null where the output's pixels
   * are not the picture's
   */
  part(output: ReadyOutput, part: Rect, against: SourceImage | null): Promise<PictureLevels | null>
  /** One black pixel, to be drawn over a whole picture: outside the output nothing differs. */
  black(): Promise<ImageBitmap>
}

/** What a run changed, with its first output: two runs of one picture look different. */
export function thumbnailOf(
  codec: Ports['codec'],
  { source, outputs, record }: Pick<Run, 'outputs' | 'record'> & { readonly source: SourceImage },
): Promise<Blob> {
  const first = outputs.find((output) => output.kind === 'ready')
  const shown = first?.whole ? first.rect : record.region
  const patches = first ? [{ levels: first.levels, at: first.rect }] : []
  return codec.thumbnail(pictureSize(source), source.levels, shown, patches)
}

export function createPictures({ codec, runs, page }: Ports): Pictures {
  const differences = createDifferences({ codec, page })
  return {
    async thumbnail({ source, outputs, record }) {
      if (!source) {
        const stored = await runs.loadThumbnail(record.id)
        return stored && codec.toBitmap(stored)
      }
      return codec.toBitmap(await thumbnailOf(codec, { source, outputs, record }))
    },
    async difference(source, output) {
      return (await codec.levels(await differences.whole(source, output))).levels
    },
    async part(output, part, against) {
      if (against && !hasOwnPixels(output)) return null
      const pixels = cropRgba(await output.crop.read(), part)
      if (!against) return codec.levels(pixels)
      const { rect } = output
      const before = readPicture(against, movedRect(part, rect.x, rect.y))
      return codec.levels(await codec.difference(before, pixels, 1))
    },
    black: () => codec.toBitmap(new ImageData(new Uint8ClampedArray([0, 0, 0, 255]), 1, 1)),
  }
}
