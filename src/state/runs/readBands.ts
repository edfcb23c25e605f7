import type { Rect } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createGray, createRgba, type GrayImage, pasteInto, type RgbaImage } from '../../core/image/raster'
import { type Mask, readMask } from '../../core/mask/mask'
import { readPicture } from '../session/patches'
import { baseOf, type SourceImage } from '../session/source'

/**
 * A copy of a part of the picture and of the mask over it, made in bands.
 * @param rect px of the picture; beyond its edge its pixels repeat
 * @param nextTask awaited before each band
 */
export async function readBands(
  source: SourceImage,
  mask: Mask | null,
  rect: Rect,
  nextTask: () => Promise<void>,
): Promise<{ before: RgbaImage; coverage: GrayImage | null }> {
  const { width, height } = rect
  const before = createRgba(width, height, baseOf(source).pixels.profile)
  const coverage = mask && createGray(width, height)
  for (const band of bandsOf(rect)) {
    await nextTask()
    const top = band.y - rect.y
    pasteInto(before, readPicture(source, band), 0, top)
    if (mask) coverage?.data.set(readMask(mask, band).data, top * width)
  }
  return { before, coverage }
}
