import { EMPTY_RECT, type Rect, unionRect } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import {
  createGray,
  createRgba,
  cropGray,
  cropRgba,
  type GrayImage,
  pasteInto,
  type RgbaImage,
} from '../../core/image/raster'
import { nextTask } from '../../platform/nextTask'
import type { FilledPart } from '../../core/image/filledPart'

/** A part of picture and mask, copied in bands. */
export async function cropBands(
  image: RgbaImage,
  mask: GrayImage,
  part: Rect,
): Promise<{ image: RgbaImage; mask: GrayImage }> {
  const picture = createRgba(part.width, part.height, image.profile)
  const coverage = createGray(part.width, part.height)
  for (const band of bandsOf(part)) {
    await nextTask()
    const top = band.y - part.y
    pasteInto(picture, cropRgba(image, band), 0, top)
    coverage.data.set(cropGray(mask, band).data, top * part.width)
  }
  return { image: picture, mask: coverage }
}

/** Parts in one picture, with what lies between them. */
export function joined(picture: RgbaImage, parts: readonly FilledPart[]): FilledPart {
  if (parts.length === 1) return parts[0]
  const at = parts.reduce((all, part) => unionRect(all, part.at), EMPTY_RECT)
  const image = cropRgba(picture, at)
  for (const part of parts) pasteInto(image, part.image, part.at.x - at.x, part.at.y - at.y)
  return { image, at }
}
