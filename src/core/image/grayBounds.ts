import { EMPTY_RECT, type Rect } from '../geometry'
import type { GrayImage } from './raster'

/** The smallest rectangle that holds every pixel above 0, px of the image; EMPTY_RECT where there is none. */
export function grayBounds({ width, height, data }: GrayImage): Rect {
  let [left, right, top, bottom] = [width, -1, -1, -1]
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width]
    let first = from
    while (first < to && data[first] === 0) first++
    if (first === to) continue
    let last = to - 1
    while (data[last] === 0) last--
    left = Math.min(left, first - from)
    right = Math.max(right, last - from)
    if (top < 0) top = y
    bottom = y
  }
  return right < 0 ? EMPTY_RECT : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
