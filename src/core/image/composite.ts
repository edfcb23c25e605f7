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
  for (let p = 0, i = 0; p < mask.data.length; p++, i += 4) {
    const m = mask.data[p]
    if (m === 0) continue
    if (m === 255) {
      toPixels[p] = fromPixels[p]
      continue
    }
    if (to[i + 3] === 255 && from[i + 3] === 255) {
      to[i] = mix(to[i], from[i], m)
      to[i + 1] = mix(to[i + 1], from[i + 1], m)
      to[i + 2] = mix(to[i + 2], from[i + 2], m)
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

/** From a to b by m/255, rounded; exact at both ends. The division by 255 is exact below 2^16. */
function mix(a: number, b: number, m: number): number {
  return Math.imul(a * (255 - m) + b * m + 127, 0x8081) >>> 23
}

function wordsOf({ data, width, height }: RgbaImage): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, width * height)
}
