import { changeSide } from '../image/changeSide'
import { convertColors } from '../image/color/convertColors'
import { pasteBack } from '../image/composite'
import { isSameShape, placeEnlarged } from '../image/enlargedOutput'
import { cropRgba, type RgbaImage } from '../image/raster'
import { coverRgba } from '../image/resample'
import { intersectRect, type Rect, rectOf, type Size } from '../geometry'
import { type Mask, readMask } from '../mask/mask'
import { isBlankOutput } from './blankOutput'

/** What a model's answer is put into. */
export interface OutputTarget {
  readonly picture: RgbaImage
  /** What is shown of the picture, px of it. */
  readonly frame: Rect
  /** What the model was shown, px of the picture. */
  readonly region: Rect
  /** null where the model painted by itself. */
  readonly mask: Mask | null
}

export interface PlacedOutput {
  readonly crop: RgbaImage
  /** Where it lies, px of the picture. */
  readonly rect: Rect
  /** A picture of its own: larger than what it was made from. */
  readonly whole: boolean
  /** It was scaled to cover the region, and more than MAX_CUT_SHARE of it hung over and was cut off. */
  readonly cut: boolean
  /** Most of what changed lies outside the mask: the model seems to take the mask's tones in reverse. */
  readonly changedOutside: boolean
  /** A blank picture came in place of an answer. */
  readonly blank: boolean
}

/** Rounding cuts a little of most answers: up to this share nobody sees it. */
const MAX_CUT_SHARE = 0.01

/**
 * Brings an answer to the picture's colours and the region's size without changing its shape, and blends it into the
 * picture by the mask.
 */
export function placeOutput(given: RgbaImage, { picture, frame, region, mask }: OutputTarget): PlacedOutput {
  const answer = convertColors(given, picture.profile)
  const blank = isBlankOutput(answer, picture, region, mask)
  // What is larger than what it was made from is a picture of its own: nothing of it is scaled away.
  if (mask === null && (!isSameShape(answer, region) || answer.width > region.width)) {
    const rect = placeEnlarged(answer, picture)
    return { crop: answer, rect, whole: true, cut: false, changedOutside: false, blank }
  }
  const { image, cut: isCut } = coverRgba(answer, region.width, region.height)
  const cut = isCut && cutShare(answer, region) > MAX_CUT_SHARE
  const rect = intersectRect(region, intersectRect(frame, rectOf(picture)))
  const inside = { x: rect.x - region.x, y: rect.y - region.y, width: rect.width, height: rect.height }
  const part = cropRgba(image, inside)
  if (mask === null) return { crop: part, rect, whole: false, cut, changedOutside: false, blank }
  const coverage = readMask(mask, rect)
  // A blank picture changes everything, and says nothing of the mask's tones.
  const changedOutside = !blank && changeSide(cropRgba(picture, rect), part, coverage) === 'outside'
  return { crop: pasteBack(picture, part, coverage, rect), rect, whole: false, cut, changedOutside, blank }
}

/** The share of an answer that hangs over when it covers the region, 0..1. */
function cutShare(answer: Size, region: Size): number {
  const shapes = [answer.width / answer.height, region.width / region.height]
  return 1 - Math.min(...shapes) / Math.max(...shapes)
}
