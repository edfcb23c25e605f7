import { intersectRect, isEmptyRect, type Rect, type Size } from '../geometry'
import { screenToImage, type View } from '../viewport'

/** Corners of parts lie on multiples of this, px: a short pan needs no other part. */
const PART_GRID = 256
/** A picture with more pixels is drawn from half its size; where that is not sharp, from the part that is seen. */
export const MAX_FULL_PIXELS = 2_000_000

/**
 * The part of a picture that a pane shows larger than its half size.
 * @param at where the picture lies, image px
 * @param size its own, px
 * @returns px of the picture, on a grid; null where half the size is enough, or none of it is seen
 */
export function seenPart(view: View, at: Rect, size: Size): Rect | null {
  const [fx, fy] = [size.width / at.width, size.height / at.height]
  // Of the screen for each of the picture's.
  if (view.zoom / Math.max(fx, fy) <= 0.5) return null
  const from = screenToImage(view, { x: 0, y: 0 })
  const to = screenToImage(view, { x: view.pane.width, y: view.pane.height })
  const seen = intersectRect(at, { ...from, width: to.x - from.x, height: to.y - from.y })
  if (isEmptyRect(seen)) return null
  const left = Math.floor(((seen.x - at.x) * fx) / PART_GRID) * PART_GRID
  const top = Math.floor(((seen.y - at.y) * fy) / PART_GRID) * PART_GRID
  const right = Math.ceil(((seen.x + seen.width - at.x) * fx) / PART_GRID) * PART_GRID
  const bottom = Math.ceil(((seen.y + seen.height - at.y) * fy) / PART_GRID) * PART_GRID
  return intersectRect(
    { x: left, y: top, width: right - left, height: bottom - top },
    { x: 0, y: 0, ...size },
  )
}

/** Where a part of a picture lies, image px. */
export function placeOfPart(part: Rect, at: Rect, size: Size): Rect {
  const [fx, fy] = [at.width / size.width, at.height / size.height]
  return { x: at.x + part.x * fx, y: at.y + part.y * fy, width: part.width * fx, height: part.height * fy }
}
