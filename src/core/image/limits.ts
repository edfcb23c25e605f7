import { AppError } from '../errors'
import type { Size } from '../geometry'

/** Limits of a picture, as the interface and docs/limits.md state them; checked from the header, before decoding. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024
export const MAX_PIXELS = 50_000_000
export const MAX_SIDE = 16_384
export const DECODE_TIMEOUT_MS = 20_000

/** @throws AppError `image/too-large` with the picture's numbers and the limits */
export function checkPictureSize({ width, height }: Size, name: string): void {
  if (width * height <= MAX_PIXELS && width <= MAX_SIDE && height <= MAX_SIDE) return
  throw new AppError('image/too-large', {
    params: {
      name,
      width,
      height,
      megapixels: Math.round((width * height) / 1e6),
      maxMegapixels: MAX_PIXELS / 1e6,
      maxSide: MAX_SIDE,
    },
  })
}
