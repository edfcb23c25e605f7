import { EMPTY_RECT, intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../geometry'
import { pasteBack } from '../image/composite'
import { gridRect } from '../image/cropGrid'
import { cropRgba, type GrayImage, type RgbaImage } from '../image/raster'
import { coverageBounds, coverageMask } from './coverage'
import type { Patch } from './document'
import { applyTone, type Tone, toneOf } from './tone'

/** What a patch makes of the picture below it: the bytes of a rectangle, which it replaces. */
export interface ComposedPatch {
  /** Image px; the bounds of what it changes, on the grid of crops. */
  readonly rect: Rect
  readonly crop: RgbaImage
  /** How its colours were brought to the picture's. */
  readonly tone: Tone
}

/** The part of `over` that a patch may change, image px; empty where it changes nothing. */
export function changedPart(patch: Patch, over: Rect): Rect {
  return patch.blend.opacity === 0 ? EMPTY_RECT : intersectRect(coverageBounds(patch), over)
}

/**
 * Blends a part of a patch into what lies below it.
 * @param part image px, inside the patch
 * @param pixels a copy of the patch's over `part`; changed by this
 * @param below the picture below over `part`
 * @returns `part`'s size
 */
export function blendedPart(
  patch: Patch,
  part: Rect,
  pixels: RgbaImage,
  below: RgbaImage,
  tone: Tone,
): RgbaImage {
  applyTone(pixels, part, tone)
  return pasteBack(below, pixels, faded(coverageMask(patch, part), patch.blend.opacity), rectOf(part))
}

/**
 * What a patch makes of the picture below it.
 * @param pixels the patch's own, of its rectangle's size
 * @param below the picture below over the patch's rectangle
 * @returns null where it changes nothing
 * @see composeRegion, which gives the same bytes
 */
export function composePatch(patch: Patch, pixels: RgbaImage, below: RgbaImage): ComposedPatch | null {
  const changed = changedPart(patch, patch.rect)
  if (isEmptyRect(changed)) return null
  const rect = gridRect(changed, patch.rect)
  const of = (image: RgbaImage) => (over: Rect) =>
    cropRgba(image, movedRect(over, -patch.rect.x, -patch.rect.y))
  const tone = toneOf(patch, of(pixels), of(below))
  return { rect, crop: blendedPart(patch, rect, of(pixels)(rect), of(below)(rect), tone), tone }
}

/** Coverage at an opacity in percents, rounded to the nearest. */
export function faded(coverage: GrayImage, opacity: number): GrayImage {
  if (opacity === 100) return coverage
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.floor((value * opacity + 50) / 100))
  const data = new Uint8Array(coverage.data.length)
  for (let p = 0; p < data.length; p++) data[p] = table[coverage.data[p]]
  return { ...coverage, data }
}
