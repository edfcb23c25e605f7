import { type Rect, rectOf, type Size } from '../../core/geometry'
import { grayBounds } from '../../core/image/grayBounds'
import { orientRgba } from '../../core/image/orient'
import { createGray, cropRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { resampleGray, resampleRgba } from '../../core/image/resample'
import { workRegion } from '../../core/image/workRegion'
import { filledPart, type FilledPart } from '../../core/image/filledPart'
import type { ModelProfile } from './modelProfile'

/** What a model sees of a picture. */
export interface ModelView {
  /** The part that it sees, px of the picture; may reach over its edge. */
  readonly rect: Rect
  /** The size at which it sees that, px. */
  readonly size: Size
}

/** A model that takes any size is given no more: its time and memory grow with it, px. */
const MAX_PIXELS = 768 * 768
/** Sides are multiples of this, px. */
const GRID = 8
const MIN_SIDE = 64
/**
 * How a net sees the picture, by variant: what is mirrored it continues in another way. EXIF orientations that are their
 * own inverse: as it is, mirrored, upside down, turned by half.
 */
const TURNS = [1, 2, 4, 3] as const

/**
 * What a model is shown to fill a mask: of a fixed size the region around the hole, else the whole picture, no larger than
 * MAX_PIXELS.
 */
export function viewOf(mask: GrayImage, { size }: ModelProfile): ModelView {
  if (size) return { rect: workRegion(grayBounds(mask), mask, size), size }
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (mask.width * mask.height)))
  const side = (length: number) => Math.max(MIN_SIDE, Math.ceil((length * scale) / GRID) * GRID)
  return { rect: rectOf(mask), size: { width: side(mask.width), height: side(mask.height) } }
}

/** How much smaller than it is a model sees the picture: below 1 its answer has less detail. */
export function viewScale({ rect, size }: ModelView): number {
  return Math.min(size.width / rect.width, size.height / rect.height)
}

export interface ModelAnswer {
  /** The picture with the hole as the model fills it: the part that was masked. */
  readonly part: FilledPart
  /** The whole picture so, no larger than the model saw it. */
  readonly small: RgbaImage
}

/**
 * Shows a model the picture around the hole at its size, and brings its answer back.
 * @param variant 0..3
 * @param fill the model
 */
export async function fillView(
  image: RgbaImage,
  mask: GrayImage,
  view: ModelView,
  variant: number,
  fill: (image: RgbaImage, mask: GrayImage) => Promise<RgbaImage>,
): Promise<ModelAnswer> {
  const { rect, size } = view
  const turn = TURNS[variant]
  const shown = resampleRgba(cropRgba(image, rect), size.width, size.height)
  const hole = resampleGray(cropMask(mask, rect), size.width, size.height)
  const answer = orientRgba(await fill(orientRgba(shown, turn), turned(hole, turn)), turn)
  const back = { x: -rect.x, y: -rect.y, width: image.width, height: image.height }
  const large = cropRgba(resampleRgba(answer, rect.width, rect.height), back)
  const filled = { ...image, data: image.data.slice() }
  for (let p = 0; p < mask.data.length; p++) {
    if (mask.data[p] > 0) filled.data.set(large.data.subarray(p * 4, p * 4 + 4), p * 4)
  }
  const scale = Math.min(1, viewScale(view))
  const small = (length: number) => Math.max(1, Math.round(length * scale))
  return {
    part: filledPart(filled, mask),
    small: resampleRgba(filled, small(image.width), small(image.height)),
  }
}

/** Outside the picture nothing is filled. */
function cropMask(mask: GrayImage, { x, y, width, height }: Rect): GrayImage {
  const out = createGray(width, height)
  const [left, right] = [Math.max(0, -x), Math.min(width, mask.width - x)]
  for (let row = Math.max(0, -y); row < Math.min(height, mask.height - y); row++) {
    const from = (y + row) * mask.width + x
    out.data.set(mask.data.subarray(from + left, from + right), row * width + left)
  }
  return out
}

function turned(mask: GrayImage, turn: (typeof TURNS)[number]): GrayImage {
  const { width, height, data } = mask
  if (turn === 1) return mask
  const out = createGray(width, height)
  const [mirrorsX, mirrorsY] = [turn === 2 || turn === 3, turn >= 3]
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width)
    out.data.set(mirrorsX ? row.toReversed() : row, (mirrorsY ? height - 1 - y : y) * width)
  }
  return out
}
