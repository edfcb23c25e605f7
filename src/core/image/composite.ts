import { containsRect, rectOf, type Rect } from '../geometry'
import { cropRgba, type GrayImage, type RgbaImage } from './raster'

/**
 * Blends a generated crop into the source by the mask, at full resolution: mask 255 takes the result, mask 0 keeps
 * the source's bytes, values between mix the two in proportion to their alpha. Straight alpha in and out.
 * @param source the whole picture
 * @param result the crop, `rect`'s size
 * @param mask coverage over `rect`, `rect`'s size
 * @param rect where the crop lies, image px, inside the source
 * @returns the blended crop, `rect`'s size
 * @throws RangeError if `rect` leaves the source or a size does not fit
 * @see Porter and Duff, "Compositing Digital Images", 1984
 */
export function pasteBack(source: RgbaImage, result: RgbaImage, mask: GrayImage, rect: Rect): RgbaImage {
  if (!containsRect(rectOf(source), rect)) throw new RangeError('pasteBack: the region leaves the picture')
  for (const part of [result, mask]) {
    if (part.width !== rect.width || part.height !== rect.height) {
      throw new RangeError('pasteBack: result and mask must have the size of the region')
    }
  }
  const out = cropRgba(source, rect)
  const to = out.data
  const from = result.data
  const toPixels = wordsOf(out)
  const fromPixels = wordsOf(result)
  const { data: coverage } = mask
  for (let p = 0; p < coverage.length; p++) {
    const m = coverage[p]
    if (m === 0) continue
    if (m === 255) {
      toPixels[p] = fromPixels[p]
      continue
    }
    const i = 4 * p
    if (to[i + 3] === 255 && from[i + 3] === 255) {
      toPixels[p] = mixWords(toPixels[p], fromPixels[p], m)
      continue
    }
    const keep = to[i + 3] * (255 - m)
    const take = from[i + 3] * m
    const alpha = keep + take
    if (alpha === 0) continue
    for (let c = 0; c < 3; c++) to[i + c] = Math.round((to[i + c] * keep + from[i + c] * take) / alpha)
    to[i + 3] = Math.round(alpha / 255)
  }
  return out
}

/** The bytes of two words mixed: from a to b by m/255, rounded; exact at both ends. */
function mixWords(a: number, b: number, m: number): number {
  const even = mixLanes(a & 0xff00ff, b & 0xff00ff, m)
  const odd = mixLanes((a >>> 8) & 0xff00ff, (b >>> 8) & 0xff00ff, m)
  return even | (odd << 8)
}

/** Two bytes at once, each in 16 bits: the quotient by 255 is exact, and no step leaves a lane. */
function mixLanes(a: number, b: number, m: number): number {
  const sum = (Math.imul(a, 255 - m) + Math.imul(b, m) + 0x7f007f) | 0
  return ((sum + 0x10001 + ((sum >>> 8) & 0xff00ff)) >>> 8) & 0xff00ff
}

function wordsOf({ data, width, height }: RgbaImage): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, width * height)
}
