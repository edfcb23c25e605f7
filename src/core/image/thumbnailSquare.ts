import { clamp, containsRect, type Rect, rectOf, type Size } from '../geometry'

/**
 * The part of a picture that a thumbnail shows: the square around what a run changed, as two runs of one picture differ
 * there only.
 * @param shown what a run was about, px of the picture; may reach beyond it
 * @returns a square about the middle of `shown`, without what lies beyond the picture and `shown`
 */
export function thumbnailSquare(shown: Rect, picture: Size): Rect {
  const isInside = containsRect(rectOf(picture), shown)
  const bounds = isInside ? rectOf(picture) : shown
  const wanted = Math.max(shown.width, shown.height, 1)
  const side = Math.min(wanted, Math.max(1, Math.min(bounds.width, bounds.height)))
  const along = (start: number, length: number, low: number, most: number) =>
    clamp(start + (length - side) / 2, low, low + most - side)
  return {
    x: along(shown.x, shown.width, bounds.x, bounds.width),
    y: along(shown.y, shown.height, bounds.y, bounds.height),
    width: side,
    height: side,
  }
}
