import { intersectRect, rectOf, type Rect, type Size } from '../geometry'

/** The bytes of an ICC profile of RGB values. */
export type IccProfile = Uint8Array<ArrayBuffer>

/** Straight alpha, 4 bytes a pixel, row by row: ImageData's layout, without needing a DOM. */
export interface RgbaImage extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  /** What the values mean; left out for sRGB. Whatever is made of the image keeps it. */
  readonly profile?: IccProfile
}

/** One byte a pixel, row by row. */
export interface GrayImage extends Size {
  readonly data: Uint8Array<ArrayBuffer>
}

/** @returns transparent black */
export function createRgba(width: number, height: number, profile?: IccProfile): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4), ...(profile ? { profile } : {}) }
}

/** @returns all 0 */
export function createGray(width: number, height: number): GrayImage {
  return { width, height, data: new Uint8Array(width * height) }
}

/** The image with the profile of another. */
export function withProfileOf({ profile }: RgbaImage, { width, height, data }: RgbaImage): RgbaImage {
  return { width, height, data, ...(profile ? { profile } : {}) }
}

/** True where every pixel has alpha 255. */
export function isOpaque(image: RgbaImage): boolean {
  const { data } = image
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false
  return true
}

/** How bright each pixel is: Rec. 601 luma of the values as they are. */
export function brightness({ width, height, data }: RgbaImage): GrayImage {
  const out = createGray(width, height)
  for (let p = 0, i = 0; p < out.data.length; p++, i += 4) {
    out.data[p] = (77 * data[i] + 150 * data[i + 1] + 29 * data[i + 2]) >> 8
  }
  return out
}

/** Copies `rect` out of the image; outside the image the nearest edge pixel repeats (edge padding). */
export function cropRgba(image: RgbaImage, rect: Rect): RgbaImage {
  const out = createRgba(rect.width, rect.height, image.profile)
  const inside = intersectRect(rect, rectOf(image))
  if (inside.width === rect.width && inside.height === rect.height) {
    for (let y = 0; y < rect.height; y++) {
      const from = ((rect.y + y) * image.width + rect.x) * 4
      out.data.set(image.data.subarray(from, from + rect.width * 4), y * rect.width * 4)
    }
    return out
  }
  const source = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height)
  const target = new Uint32Array(out.data.buffer)
  for (let y = 0; y < rect.height; y++) {
    const row = Math.min(image.height - 1, Math.max(0, rect.y + y)) * image.width
    for (let x = 0; x < rect.width; x++) {
      const column = Math.min(image.width - 1, Math.max(0, rect.x + x))
      target[y * rect.width + x] = source[row + column]!
    }
  }
  return out
}

/**
 * Writes a patch into a picture, in place.
 * @param x, y where the patch's corner lies, image px; the whole patch has to lie inside the picture
 */
export function pasteInto(image: RgbaImage, patch: RgbaImage, x: number, y: number): void {
  for (let row = 0; row < patch.height; row++) {
    const from = row * patch.width * 4
    image.data.set(patch.data.subarray(from, from + patch.width * 4), ((y + row) * image.width + x) * 4)
  }
}

/**
 * Writes a part of an image into another, in place.
 * @param from the part, px of `image`, inside it
 * @param x, y where the part's corner lies in `target`; all of it has to lie inside
 */
export function pastePart(target: RgbaImage, image: RgbaImage, from: Rect, x: number, y: number): void {
  for (let row = 0; row < from.height; row++) {
    const start = ((from.y + row) * image.width + from.x) * 4
    target.data.set(image.data.subarray(start, start + from.width * 4), ((y + row) * target.width + x) * 4)
  }
}

/** Copies `rect` out of the image. @param rect has to lie inside the image */
export function cropGray(image: GrayImage, { x, y, width, height }: Rect): GrayImage {
  const out = createGray(width, height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * image.width + x
    out.data.set(image.data.subarray(from, from + width), row * width)
  }
  return out
}

/** A copy of `base` with `patch` written over it at (x, y); parts of the patch outside are dropped. */
export function overlayRgba(base: RgbaImage, patch: RgbaImage, x: number, y: number): RgbaImage {
  const out: RgbaImage = { ...base, data: base.data.slice() }
  const at = intersectRect({ x, y, width: patch.width, height: patch.height }, rectOf(base))
  for (let row = at.y; row < at.y + at.height; row++) {
    const from = ((row - y) * patch.width + (at.x - x)) * 4
    out.data.set(patch.data.subarray(from, from + at.width * 4), (row * base.width + at.x) * 4)
  }
  return out
}
