/** Some pixels in a small picture that holds them: what is kept by pixel there is as large as they need. */
export interface Boxed {
  readonly width: number
  readonly height: number
  /** Their indices in it, in their order. */
  readonly pixels: Int32Array<ArrayBuffer>
}

/** Its corner is a multiple of this, px: halved again and again, it falls on the same pixels as all of the picture. */
const GRID = 128

/** @param width of the picture that they are from, px */
export function boxed(pixels: Int32Array, width: number): Boxed {
  let [left, top, right, bottom] = [width, Infinity, 0, 0]
  for (let s = 0; s < pixels.length; s++) {
    const x = pixels[s] % width
    const y = (pixels[s] / width) | 0
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  left -= left % GRID
  top -= top % GRID
  const boxWidth = right - left + 1
  const local = new Int32Array(pixels.length)
  for (let s = 0; s < pixels.length; s++) {
    const x = pixels[s] % width
    const y = (pixels[s] / width) | 0
    local[s] = (y - top) * boxWidth + x - left
  }
  return { width: boxWidth, height: bottom - top + 1, pixels: local }
}
