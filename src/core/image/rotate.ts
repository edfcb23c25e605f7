import { orientRgba } from './orient'
import { createGray, createRgba, type GrayImage, type RgbaImage } from './raster'
import type { ImagePoint, Rect, Size } from '../geometry'

/** EXIF's number for each quarter turn clockwise. */
const QUARTERS = [1, 6, 3, 8]

/** @param degrees clockwise @returns the smallest size that holds the turned image, px */
export function rotatedSize({ width, height }: Size, degrees: number): Size {
  const [cos, sin] = turn(degrees).map(Math.abs)
  // Rounding must not add a row to a quarter turn.
  const side = (length: number) => Math.max(1, Math.ceil(length - 1e-6))
  return { width: side(width * cos + height * sin), height: side(width * sin + height * cos) }
}

/** @returns cosine and sine, exact for quarter turns */
function turn(degrees: number): [cos: number, sin: number] {
  const quarter = degrees / 90
  if (Number.isInteger(quarter)) {
    return (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[((quarter % 4) + 4) % 4].slice() as [number, number]
  }
  return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
}

/**
 * Turns an image clockwise about its middle: exact for quarter turns, else bilinear, weighted by alpha.
 * @returns of `rotatedSize`; transparent black where nothing of the image lies
 */
export function rotateRgba(image: RgbaImage, degrees: number): RgbaImage {
  const quarter = degrees / 90
  if (Number.isInteger(quarter)) return orientRgba(image, QUARTERS[((quarter % 4) + 4) % 4])
  const size = rotatedSize(image, degrees)
  const out = createRgba(size.width, size.height, image.profile)
  const [cos, sin] = turn(degrees)
  const { width, height, data } = image
  const sums = new Float64Array(4)
  for (let y = 0; y < out.height; y++) {
    const dy = y + 0.5 - out.height / 2
    for (let x = 0; x < out.width; x++) {
      const dx = x + 0.5 - out.width / 2
      // Where the pixel comes from, from the middle of the image's first one.
      const u = dx * cos + dy * sin + width / 2 - 0.5
      const v = -dx * sin + dy * cos + height / 2 - 0.5
      if (u <= -1 || v <= -1 || u >= width || v >= height) continue
      const [left, top] = [Math.floor(u), Math.floor(v)]
      sums.fill(0)
      for (let k = 0; k < 4; k++) {
        const [px, py] = [left + (k & 1), top + (k >> 1)]
        if (px < 0 || py < 0 || px >= width || py >= height) continue
        const at = (py * width + px) * 4
        const share = (k & 1 ? u - left : 1 - u + left) * (k >> 1 ? v - top : 1 - v + top)
        const alpha = data[at + 3] * share
        sums[0] += data[at] * alpha
        sums[1] += data[at + 1] * alpha
        sums[2] += data[at + 2] * alpha
        sums[3] += alpha
      }
      const to = (y * out.width + x) * 4
      if (sums[3] < 0.5) continue
      for (let c = 0; c < 3; c++) out.data[to + c] = sums[c] / sums[3]
      out.data[to + 3] = sums[3]
    }
  }
  return out
}

/** Where a point of a picture comes to lie as that is turned. @param shown what is turned, image px */
export function turnedPoint(point: ImagePoint, shown: Rect, degrees: number): ImagePoint {
  const [cos, sin] = turn(degrees)
  const { width, height } = rotatedSize(shown, degrees)
  const dx = point.x - shown.x - shown.width / 2
  const dy = point.y - shown.y - shown.height / 2
  return { x: dx * cos - dy * sin + width / 2, y: dx * sin + dy * cos + height / 2 }
}

/** The mask turned with its picture; coverage of `rotatedSize`. @param bared the coverage of what the turn has bared */
export function rotatedMask(mask: GrayImage, degrees: number, bared: 0 | 255 = 255): GrayImage {
  const image = createRgba(mask.width, mask.height)
  for (let p = 0; p < mask.data.length; p++) image.data.set([mask.data[p], 0, 0, 255], p * 4)
  const turned = rotateRgba(image, degrees)
  const out = createGray(turned.width, turned.height)
  for (let p = 0; p < out.data.length; p++) {
    const [covered, alpha] = [turned.data[p * 4], turned.data[p * 4 + 3]]
    if (alpha === 255) out.data[p] = covered
    else out.data[p] = bared || Math.round((covered * alpha) / 255)
  }
  return out
}
