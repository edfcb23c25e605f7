import { AppError } from '../core/errors'
import { DECODE_TIMEOUT_MS, MAX_FILE_BYTES } from '../core/image/limits'
import type { RgbaImage } from '../core/image/raster'
import type { Quarters } from '../core/image/rotate'
import type { PictureLevels, PictureNotice } from './codecApi'
import { codec, openingCodec } from './codecClient'

/** Upright pixels, and the bitmaps that draw them. */
export interface DecodedImage extends PictureLevels {
  readonly pixels: RgbaImage
  readonly notices: readonly PictureNotice[]
}

/**
 * Opens a picture. Format and size are read before anything is decoded, in the worker: no file holds the page.
 * @param name what the user calls it, for the messages
 * @throws AppError `image/...`
 */
export async function decodeImage(blob: Blob, name: string): Promise<DecodedImage> {
  const params = { name }
  if (blob.size > MAX_FILE_BYTES) {
    throw new AppError('image/file-too-large', {
      params: { name, megabytes: Math.ceil(blob.size / 2 ** 20), maxMegabytes: MAX_FILE_BYTES / 2 ** 20 },
    })
  }
  if (blob.size === 0) {
    // A file that is gone has no bytes either.
    await blob.arrayBuffer().catch((cause: unknown) => {
      throw new AppError('image/unreadable', { params, cause })
    })
    throw new AppError('image/empty', { params })
  }
  try {
    const { image, ...decoded } = await openingCodec.call((api) => api.decode(blob, name), DECODE_TIMEOUT_MS)
    return { pixels: image, ...decoded }
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'unexpected') {
      throw new AppError(cause.code, { params: { ...cause.data.params, name }, cause })
    }
    throw new AppError('image/damaged', { params, cause })
  }
}

/** Reads pixels that this page has stored. @param quarters by which they are turned, clockwise @throws AppError `image/...` */
export function decodeStoredPixels(blob: Blob, key: string, quarters: Quarters): Promise<RgbaImage> {
  return openingCodec.call((api) => api.pixels(blob, key, quarters), DECODE_TIMEOUT_MS)
}

/** Makes the bitmaps that draw `image`. @throws AppError where the worker fails */
export function makeLevels(image: RgbaImage): Promise<PictureLevels> {
  return codec.call((api) => api.makeLevels(image))
}
