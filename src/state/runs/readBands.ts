import { intersectRect, isEmptyRect, movedRect, type Rect } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import {
  createGray,
  createRgba,
  cropRgba,
  type GrayImage,
  pasteInto,
  type RgbaImage,
} from '../../core/image/raster'
import { type Mask, readMask } from '../../core/mask/mask'
import { readPicture } from '../session/patches'
import { baseOf, type SourceImage } from '../session/source'

/**
 * A copy of a part of the picture and of the mask over it, made in bands.
 * @param frame what is shown of the picture, px of it
 * @param rect px of the picture; beyond the frame's edge its pixels repeat
 * @param nextTask awaited before each band
 */
export async function readBands(
  source: SourceImage,
  mask: Mask | null,
  frame: Rect,
  rect: Rect,
  nextTask: () => Promise<void>,
): Promise<{ before: RgbaImage; coverage: GrayImage | null }> {
  const { width, height } = rect
  const coverage = mask && createGray(width, height)
  const inBands = async (over: Rect, read: (band: Rect) => RgbaImage) => {
    const out = createRgba(over.width, over.height, baseOf(source).pixels.profile)
    for (const band of bandsOf(over)) {
      await nextTask()
      pasteInto(out, read(band), 0, band.y - over.y)
      if (mask && over === rect) coverage?.data.set(readMask(mask, band).data, (band.y - rect.y) * width)
    }
    return out
  }
  const inside = intersectRect(rect, frame)
  if (inside.width === width && inside.height === height) {
    return { before: await inBands(rect, (band) => readPicture(source, band)), coverage }
  }
  // A part that is all beyond the frame repeats its nearest edge.
  const shown = isEmptyRect(inside) ? frame : inside
  const core = await inBands(shown, (band) => readPicture(source, band))
  const before = await inBands(rect, (band) => cropRgba(core, movedRect(band, -shown.x, -shown.y)))
  return { before, coverage }
}
