import { changeSide } from '../image/changeSide'
import { convertColors } from '../image/color/convertColors'
import { pasteBack } from '../image/composite'
import { gridRect } from '../image/cropGrid'
import { isSameShape, placeEnlarged } from '../image/enlargedOutput'
import { grayBounds } from '../image/grayBounds'
import { cropGray, cropRgba, type GrayImage, type RgbaImage } from '../image/raster'
import { coverRgba } from '../image/resample'
import { intersectRect, isEmptyRect, movedRect, type Rect, type Size } from '../geometry'
import { isBlankOutput } from './blankOutput'

/** Where an answer belongs. */
export interface OutputPlace {
  readonly picture: Size
  /** What is shown of the picture, px of it; may reach over its edge. */
  readonly frame: Rect
  /** What the answer shows, px of the picture; may reach over its edge. */
  readonly region: Rect
}

/** A model's answer and what it is put into: plain data, so that a worker can take it. */
export interface PlaceJob extends OutputPlace {
  readonly answer: RgbaImage
  /** The picture over `placeRect`. */
  readonly before: RgbaImage
  /** The mask over `placeRect`; null where the model painted by itself. */
  readonly coverage: GrayImage | null
}

export interface PlacedOutput {
  /** The part that changed, with a margin. */
  readonly crop: RgbaImage
  /** Where it lies, px of the picture. */
  readonly rect: Rect
  /** The answer itself, before it was blended, and where it lies; null for a picture of its own. */
  readonly raw: { readonly pixels: RgbaImage; readonly rect: Rect } | null
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

/** What of the picture an answer is compared with and put into, px of it. */
export function placeRect({ frame, region }: Pick<OutputPlace, 'frame' | 'region'>): Rect {
  return intersectRect(region, frame)
}

/**
 * Brings an answer to the picture's colours and the region's size without changing its shape, and blends it into the
 * picture by the mask.
 * @returns no more of the picture than the mask's bounds, grown to CROP_GRID
 */
export function placeOutput({ answer: given, before, coverage, ...place }: PlaceJob): PlacedOutput {
  const { picture, region } = place
  const answer = convertColors(given, before.profile)
  const blank = isBlankOutput(answer, before, coverage)
  // What is larger than what it was made from is a picture of its own: nothing of it is scaled away.
  if (coverage === null && (!isSameShape(answer, region) || answer.width > region.width)) {
    const rect = placeEnlarged(answer, picture)
    return { crop: answer, rect, raw: null, whole: true, cut: false, changedOutside: false, blank }
  }
  const { image, cut: isCut } = coverRgba(answer, region.width, region.height)
  const cut = isCut && cutShare(answer, region) > MAX_CUT_SHARE
  const rect = placeRect(place)
  const inside = { ...rect, x: rect.x - region.x, y: rect.y - region.y }
  const part = isSameSize(rect, region) ? image : cropRgba(image, inside)
  const raw = { pixels: part, rect }
  if (coverage === null) return { crop: part, rect, raw, whole: false, cut, changedOutside: false, blank }
  // A blank picture changes everything, and says nothing of the mask's tones.
  const changedOutside = !blank && changeSide(before, part, coverage) === 'outside'
  const bounds = grayBounds(coverage)
  const lies = isEmptyRect(bounds) ? rect : gridRect(movedRect(bounds, rect.x, rect.y), rect)
  const hole = movedRect(lies, -rect.x, -rect.y)
  const crop = pasteBack(before, cropRgba(part, hole), cropGray(coverage, hole), hole)
  return { crop, rect: lies, raw, whole: false, cut, changedOutside, blank }
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

/** The share of an answer that hangs over when it covers the region, 0..1. */
function cutShare(answer: Size, region: Size): number {
  const shapes = [answer.width / answer.height, region.width / region.height]
  return 1 - Math.min(...shapes) / Math.max(...shapes)
}
