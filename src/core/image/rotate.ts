import { orientRgba } from './orient'
import { createGray, createRgba, type GrayImage, type RgbaImage } from './raster'
import { type ImagePoint, type Rect, rectOf, type Size } from '../geometry'

/** Quarter turns clockwise. */
export type Quarters = 0 | 1 | 2 | 3

/** EXIF's number for each quarter turn clockwise. */
const ORIENTATIONS = [1, 6, 3, 8]

/** @param degrees clockwise @returns null for an angle between quarter turns */
export function quartersOf(degrees: number): Quarters | null {
  const quarter = degrees / 90
  return Number.isInteger(quarter) ? ((((quarter % 4) + 4) % 4) as Quarters) : null
}

/** @returns `image` itself for no turn */
export function turnRgba(image: RgbaImage, quarters: Quarters): RgbaImage {
  return orientRgba(image, ORIENTATIONS[quarters])
}

/** Where a part of a picture comes to lie as that is turned; the picture starts at 0, 0 before and after. */
export function turnedRect({ x, y, width, height }: Rect, picture: Size, quarters: Quarters): Rect {
  const right = picture.width - x - width
  const lower = picture.height - y - height
  switch (quarters) {
    case 0:
      return { x, y, width, height }
    case 1:
      return { x: lower, y: x, width: height, height: width }
    case 2:
      return { x: right, y: lower, width, height }
    case 3:
      return { x: y, y: right, width: height, height: width }
  }
}

/** @param degrees clockwise @returns the smallest size that holds the turned image, px */
export function rotatedSize({ width, height }: Size, degrees: number): Size {
  const [cos, sin] = turn(degrees).map(Math.abs)
  // Rounding must not add a row to a quarter turn.
  const side = (length: number) => Math.max(1, Math.ceil(length - 1e-6))
  return { width: side(width * cos + height * sin), height: side(width * sin + height * cos) }
}

/** @returns cosine and sine, exact for quarter turns */
function turn(degrees: number): [cos: number, sin: number] {
  const quarters = quartersOf(degrees)
  if (quarters !== null) {
    return (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[quarters].slice() as [number, number]
  }
  return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
}

/**
 * Turns an image clockwise about its middle: exact for quarter turns, else bilinear, weighted by alpha.
 * @returns of `rotatedSize`; transparent black where nothing of the image lies
 */
export function rotateRgba(image: RgbaImage, degrees: number): RgbaImage {
  const quarters = quartersOf(degrees)
  if (quarters !== null) return turnRgba(image, quarters)
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

/** As `turnRgba`, of coverage. @returns a new image */
export function turnGray(gray: GrayImage, quarters: Quarters): GrayImage {
  const { width, height, data } = gray
  const size = turnedRect(rectOf(gray), gray, quarters)
  const out = createGray(size.width, size.height)
  const [start, right, down] = [
    [0, 1, width],
    [(height - 1) * width, -width, 1],
    [height * width - 1, -1, -width],
    [width - 1, width, -1],
  ][quarters]
  let to = 0
  for (let y = 0; y < out.height; y++) {
    for (let x = 0, from = start + y * down; x < out.width; x++, from += right) out.data[to++] = data[from]
  }
  return out
}

/** The mask turned with its picture; coverage of `rotatedSize`. @param bared the coverage of what the turn has bared */
export function rotatedMask(mask: GrayImage, degrees: number, bared: 0 | 255 = 255): GrayImage {
  const quarters = quartersOf(degrees)
  if (quarters !== null) return turnGray(mask, quarters)
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
