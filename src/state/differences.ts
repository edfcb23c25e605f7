import { heatMap } from '../core/image/difference'
import { cropRgba } from '../core/image/raster'
import { resampleRgba } from '../core/image/resample'
import { makeLevels } from '../platform/imageDecode'
import type { RunOutput } from './runsStore'
import type { SourceImage } from './sessionStore'

/** The bitmaps of where and how far an output differs from the picture, over the output's rectangle. */
export async function differenceLevels(
  source: SourceImage,
  output: RunOutput & { kind: 'ready' },
): Promise<readonly ImageBitmap[]> {
  const { crop, rect, whole } = output
  const before = cropRgba(source.pixels, rect)
  const same = whole ? resampleRgba(before, crop.width, crop.height) : before
  return (await makeLevels(heatMap(same, crop))).levels
}

/** One black pixel, to be drawn over a whole picture: outside the output nothing differs. */
export async function blackLevels(): Promise<readonly ImageBitmap[]> {
  return [await createImageBitmap(new ImageData(new Uint8ClampedArray([0, 0, 0, 255]), 1, 1))]
}
