import { heatMap } from '../../core/image/difference'
import { cropRgba } from '../../core/image/raster'
import { resampleRgba } from '../../core/image/resample'
import type { Rect } from '../../core/geometry'
import type { PictureLevels } from '../../platform/codecApi'
import type { Ports } from '../ports'
import { readPicture } from '../session/patches'
import { pictureSize, type SourceImage } from '../session/source'
import type { ReadyOutput, Run } from './runs'

/** Pictures for display. The caller closes the bitmaps. */
export interface Pictures {
  /** A run's thumbnail, made from its pictures in memory, else read from disk; null where neither exists. */
  thumbnail(run: Pick<Run, 'source' | 'outputs' | 'record'>): Promise<ImageBitmap | null>
  /** Where and how far an output differs from the picture, over the output's rectangle: full size first. */
  difference(source: SourceImage, output: ReadyOutput): Promise<readonly ImageBitmap[]>
  /** A part of an output at full size. @param part px of its own */
  part(output: ReadyOutput, part: Rect): Promise<PictureLevels>
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

export function createPictures({ codec, runs }: Ports): Pictures {
  return {
    async thumbnail({ source, outputs, record }) {
      if (!source) {
        const stored = await runs.loadThumbnail(record.id)
        return stored && codec.toBitmap(stored)
      }
      return codec.toBitmap(await thumbnailOf(codec, { source, outputs, record }))
    },
    async difference(source, { crop: stored, rect, whole }) {
      const crop = await stored.read()
      const before = readPicture(source, rect)
      const same = whole ? resampleRgba(before, crop.width, crop.height) : before
      return (await codec.levels(heatMap(same, crop))).levels
    },
    part: async ({ crop }, part) => codec.levels(cropRgba(await crop.read(), part)),
    black: () => codec.toBitmap(new ImageData(new Uint8ClampedArray([0, 0, 0, 255]), 1, 1)),
  }
}
