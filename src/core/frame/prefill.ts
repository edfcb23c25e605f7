import { createGray, type GrayImage, type RgbaImage } from '../image/raster'

const MIDDLE_GRAY = 128

/**
 * Where a model is to paint what the picture does not have: fully masked and fully transparent.
 * @param coverage of the mask, of the image's size
 * @returns 255 there and 0 elsewhere; null where that is nowhere
 */
export function bareArea({ width, height, data }: RgbaImage, coverage: GrayImage): GrayImage | null {
  const out = createGray(width, height)
  let count = 0
  for (let p = 0; p < out.data.length; p++) {
    if (data[p * 4 + 3] !== 0 || coverage.data[p] !== 255) continue
    out.data[p] = 255
    count++
  }
  return count > 0 ? out : null
}

/**
 * Fills a bare area; every pixel that does not lie in it as a whole stays as it is. Noise is the same each time.
 * @param image at the size at which it is sent: scaled noise would be grey
 * @param bare of its size
 */
export function paintBare(image: RgbaImage, bare: GrayImage, kind: 'gray' | 'noise'): void {
  const words = new Uint32Array(image.data.buffer, image.data.byteOffset, bare.data.length)
  const opaque = new Uint8ClampedArray([MIDDLE_GRAY, MIDDLE_GRAY, MIDDLE_GRAY, 255])
  const [gray] = new Uint32Array(opaque.buffer)
  const [alpha] = new Uint32Array(new Uint8ClampedArray([0, 0, 0, 255]).buffer)
  for (let p = 0; p < words.length; p++) {
    if (bare.data[p] === 255) words[p] = kind === 'gray' ? gray : (hash(p) | alpha) >>> 0
  }
}

/** A number of 32 bits for each place, without any order that is seen. */
function hash(place: number): number {
  let h = Math.imul(place + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Copies a fill into a bare area. @param fill over the whole image, of its size */
export function pasteBare(image: RgbaImage, bare: GrayImage, fill: RgbaImage): void {
  const [to, from] = [image, fill].map(
    ({ data }) => new Uint32Array(data.buffer, data.byteOffset, bare.data.length),
  )
  for (let p = 0; p < to.length; p++) if (bare.data[p] === 255) to[p] = from[p]
}
