import { changeSide } from '../image/changeSide'
import { convertColors } from '../image/color/convertColors'
import { pasteBack } from '../image/composite'
import { isSameShape, placeEnlarged } from '../image/enlargedOutput'
import { grayBounds } from '../image/grayBounds'
import { cropGray, cropRgba, type GrayImage, type RgbaImage } from '../image/raster'
import { coverRgba } from '../image/resample'
import { intersectRect, isEmptyRect, type Rect, rectOf, type Size } from '../geometry'
import { isBlankOutput } from './blankOutput'

/** Where an answer belongs. */
export interface OutputPlace {
  readonly picture: Size
  /** What is shown of the picture, px of it. */
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

/** Corners of crops lie on multiples of this, px: the half sizes of a crop then meet those of the picture. */
export const CROP_GRID = 32

/** What of the picture an answer is compared with and put into, px of it. */
export function placeRect({ picture, frame, region }: OutputPlace): Rect {
  return intersectRect(region, intersectRect(frame, rectOf(picture)))
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
    return { crop: answer, rect, whole: true, cut: false, changedOutside: false, blank }
  }
  const { image, cut: isCut } = coverRgba(answer, region.width, region.height)
  const cut = isCut && cutShare(answer, region) > MAX_CUT_SHARE
  const rect = placeRect(place)
  const inside = { ...rect, x: rect.x - region.x, y: rect.y - region.y }
  const part = isSameSize(rect, region) ? image : cropRgba(image, inside)
  if (coverage === null) return { crop: part, rect, whole: false, cut, changedOutside: false, blank }
  // A blank picture changes everything, and says nothing of the mask's tones.
  const changedOutside = !blank && changeSide(before, part, coverage) === 'outside'
  const hole = gridRect(grayBounds(coverage), rect)
  const crop = pasteBack(before, cropRgba(part, hole), cropGray(coverage, hole), hole)
  const lies = { ...hole, x: hole.x + rect.x, y: hole.y + rect.y }
  return { crop, rect: lies, whole: false, cut, changedOutside, blank }
}

/** @param bounds px of `area` @returns grown to the grid of the picture, inside `area`; all of it where empty */
function gridRect(bounds: Rect, area: Rect): Rect {
  if (isEmptyRect(bounds)) return rectOf(area)
  const down = (at: number) => Math.floor(at / CROP_GRID) * CROP_GRID
  const left = down(area.x + bounds.x) - area.x
  const top = down(area.y + bounds.y) - area.y
  const right = down(area.x + bounds.x + bounds.width + CROP_GRID - 1) - area.x
  const bottom = down(area.y + bounds.y + bounds.height + CROP_GRID - 1) - area.y
  return intersectRect({ x: left, y: top, width: right - left, height: bottom - top }, rectOf(area))
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

/** The share of an answer that hangs over when it covers the region, 0..1. */
function cutShare(answer: Size, region: Size): number {
  const shapes = [answer.width / answer.height, region.width / region.height]
  return 1 - Math.min(...shapes) / Math.max(...shapes)
}
