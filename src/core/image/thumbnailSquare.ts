import { clamp, type Rect, type Size } from '../geometry'

/**
 * The part of a picture that a thumbnail shows: the square around what a run changed, as two runs of one picture differ
 * there only.
 * @param shown what a run was about, px of the picture; may reach beyond it
 * @returns a square, within the picture where `shown` is and the picture's sides allow it
 */
export function thumbnailSquare(shown: Rect, picture: Size): Rect {
  const side = Math.max(shown.width, shown.height, 1)
  const along = (start: number, length: number, whole: number) => {
    const centred = start + (length - side) / 2
    const isInside = start >= 0 && start + length <= whole
    if (!isInside) return centred
    return side > whole ? (whole - side) / 2 : clamp(centred, 0, whole - side)
  }
  return {
    x: along(shown.x, shown.width, picture.width),
    y: along(shown.y, shown.height, picture.height),
    width: side,
    height: side,
  }
}
