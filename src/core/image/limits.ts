import { AppError } from '../errors'
import type { Size } from '../geometry'

/** Limits of a picture, as the interface and docs/limits.md state them; checked from the header, before decoding. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024
/** Of a picture that is open: 8192 x 8192. */
export const MAX_PIXELS = 64 * 2 ** 20
/** Of a picture that is decoded, to be scaled down to `MAX_PIXELS`. */
export const MAX_DECODED_PIXELS = 128 * 2 ** 20
export const MAX_SIDE = 32_767
export const DECODE_TIMEOUT_MS = 60_000

/**
 * The size at which a picture is opened.
 * @returns `size` itself, or the largest one of its shape within `MAX_PIXELS`
 * @throws AppError `image/too-large` with the picture's numbers and the limits
 */
export function openedSize(size: Size, name: string): Size {
  const { width, height } = size
  const pixels = width * height
  if (pixels > MAX_DECODED_PIXELS || width > MAX_SIDE || height > MAX_SIDE) {
    throw new AppError('image/too-large', {
      params: {
        name,
        width,
        height,
        megapixels: Math.round(pixels / 1e6),
        maxMegapixels: MAX_DECODED_PIXELS / 2 ** 20,
        maxSide: MAX_SIDE,
      },
    })
  }
  if (pixels <= MAX_PIXELS) return size
  const factor = Math.sqrt(MAX_PIXELS / pixels)
  return { width: Math.floor(width * factor), height: Math.floor(height * factor) }
}
