import { intersectRect, type Rect } from '../geometry'

/** Corners of crops lie on multiples of this, px: the half sizes of a crop then meet those of the picture. */
export const CROP_GRID = 32

/** @param bounds image px @returns grown to the grid of the picture, inside `area` */
export function gridRect(bounds: Rect, area: Rect): Rect {
  const down = (at: number) => Math.floor(at / CROP_GRID) * CROP_GRID
  const left = down(bounds.x)
  const top = down(bounds.y)
  const right = down(bounds.x + bounds.width + CROP_GRID - 1)
  const bottom = down(bounds.y + bounds.height + CROP_GRID - 1)
  return intersectRect({ x: left, y: top, width: right - left, height: bottom - top }, area)
}
