import { changeSide } from '../image/changeSide'
import { convertColors } from '../image/color/convertColors'
import { pasteBack } from '../image/composite'
import { gridRect } from '../image/cropGrid'
import { isSameShape, placeEnlarged } from '../image/enlargedOutput'
import { grayBounds } from '../image/grayBounds'
import { brightness, cropGray, cropRgba, type GrayImage, overlayRgba, type RgbaImage } from '../image/raster'
import { coverRgba, resampleArea, resampleGray } from '../image/resample'
import { intersectRect, isEmptyRect, movedRect, type Rect, type Size } from '../geometry'
import { type Alignment, alignOutput } from './alignOutput'
import { isBlankOutput } from './blankOutput'

/** Where an answer belongs. */
export interface OutputPlace {
  /** What is shown of the picture, px of it; may reach over its edge. */
  readonly frame: Rect
  /** What the answer shows, px of the picture; may reach over its edge. */
  readonly region: Rect
  /** The size at which the region was sent, px; null where that is not known. */
  readonly sent: Size | null
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
  const { region, sent } = place
  const answer = convertColors(given, before.profile)
  const blank = isBlankOutput(answer, before, coverage)
  const found =
    sent && !isSameSize(answer, sent) ? foundIn(answer, { before, coverage, ...place }, sent) : null
  const answered = found && sent && answerRect(answer, found, region, sent)
  // What is larger than what it was made from is a picture of its own: nothing of it is scaled away.
  if (coverage === null && (!isSameShape(answer, region) || answer.width > region.width)) {
    const rect = answered ? wholePixels(answered) : placeEnlarged(answer, region)
    return { crop: answer, rect, raw: null, whole: true, cut: false, changedOutside: false, blank }
  }
  const rect = placeRect(place)
  const { part, cut } = answered
    ? { part: alignedPart(answer, before, rect, answered), cut: false }
    : coveringPart(answer, rect, region)
  const raw = { pixels: part, rect }
  if (coverage === null) return { crop: part, rect, raw, whole: false, cut, changedOutside: false, blank }
  // A blank picture changes everything, and says nothing of the mask's tones.
  const changedOutside = !blank && changeSide(before, part, coverage) === 'outside'
  const bounds = grayBounds(coverage)
  const lies = isEmptyRect(bounds) ? rect : gridRect(movedRect(bounds, rect.x, rect.y), rect)
  const hole = movedRect(lies, -rect.x, -rect.y)
  // All of a large answer is not copied once more.
  const isAll = isSameSize(lies, rect)
  const own = isAll ? part : cropRgba(part, hole)
  const crop = pasteBack(before, own, isAll ? coverage : cropGray(coverage, hole), hole)
  return { crop, rect: lies, raw, whole: false, cut, changedOutside, blank }
}

/** Scaled to cover the region, as nothing tells how it lies. */
function coveringPart(answer: RgbaImage, rect: Rect, region: Rect): { part: RgbaImage; cut: boolean } {
  const { image, cut } = coverRgba(answer, region.width, region.height)
  const inside = { ...rect, x: rect.x - region.x, y: rect.y - region.y }
  return {
    part: isSameSize(rect, region) ? image : cropRgba(image, inside),
    cut: cut && cutShare(answer, region) > MAX_CUT_SHARE,
  }
}

/** Compares the answer with what was sent. */
function foundIn(
  answer: RgbaImage,
  { before, coverage, region, ...place }: Omit<PlaceJob, 'answer'>,
  sent: Size,
): Alignment | null {
  const rect = placeRect({ region, ...place })
  const scale = { x: sent.width / region.width, y: sent.height / region.height }
  const width = Math.max(1, Math.round(rect.width * scale.x))
  const height = Math.max(1, Math.round(rect.height * scale.y))
  return alignOutput({
    answer: brightness(answer),
    sent: resampleGray(brightness(before), width, height),
    coverage: coverage && resampleGray(coverage, width, height),
    size: sent,
    at: { x: (rect.x - region.x) * scale.x, y: (rect.y - region.y) * scale.y },
  })
}

/** Where all of an answer lies, px of the picture; its sides lie between pixels. */
function answerRect({ width, height }: Size, { fx, fy, dx, dy }: Alignment, region: Rect, sent: Size): Rect {
  const x = region.width / sent.width
  const y = region.height / sent.height
  return {
    x: region.x - dx * x,
    y: region.y - dy * y,
    width: (width / fx) * x,
    height: (height / fy) * y,
  }
}

function wholePixels({ x, y, width, height }: Rect): Rect {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

/**
 * The answer's part over `rect`; what it does not reach stays as it was.
 * @param lies where all of the answer lies, px of the picture
 */
function alignedPart(answer: RgbaImage, before: RgbaImage, rect: Rect, lies: Rect): RgbaImage {
  const x = answer.width / lies.width
  const y = answer.height / lies.height
  const area = {
    x: (rect.x - lies.x) * x,
    y: (rect.y - lies.y) * y,
    width: rect.width * x,
    height: rect.height * y,
  }
  const part = resampleArea(answer, area, rect.width, rect.height)
  const left = Math.ceil(lies.x - 0.5)
  const top = Math.ceil(lies.y - 0.5)
  const reached = intersectRect(rect, {
    x: left,
    y: top,
    width: Math.floor(lies.x + lies.width + 0.5) - left,
    height: Math.floor(lies.y + lies.height + 0.5) - top,
  })
  if (isSameSize(reached, rect)) return part
  const inside = { ...reached, x: reached.x - rect.x, y: reached.y - rect.y }
  return isEmptyRect(reached) ? before : overlayRgba(before, cropRgba(part, inside), inside.x, inside.y)
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

/** The share of an answer that hangs over when it covers the region, 0..1. */
function cutShare(answer: Size, region: Size): number {
  const shapes = [answer.width / answer.height, region.width / region.height]
  return 1 - Math.min(...shapes) / Math.max(...shapes)
}
