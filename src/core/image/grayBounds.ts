import { EMPTY_RECT, type Rect } from '../geometry'
import type { GrayImage } from './raster'

/** The smallest rectangle that holds every pixel above 0, px of the image; EMPTY_RECT where there is none. */
export function grayBounds({ width, height, data }: GrayImage): Rect {
  let [left, right, top, bottom] = [width, -1, -1, -1]
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width)
    const first = row.findIndex((value) => value > 0)
    if (first < 0) continue
    left = Math.min(left, first)
    right = Math.max(
      right,
      row.findLastIndex((value) => value > 0),
    )
    if (top < 0) top = y
    bottom = y
  }
  return right < 0 ? EMPTY_RECT : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
