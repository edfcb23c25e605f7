import type { Remote } from 'comlink'
import { AppError } from '../core/errors'
import { DECODE_TIMEOUT_MS, MAX_FILE_BYTES } from '../core/image/limits'
import type { RgbaImage } from '../core/image/raster'
import type { Quarters } from '../core/image/rotate'
import type { CodecApi, PictureLevels, PictureNotice } from './codecApi'
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
  const { image, ...decoded } = await opened(blob, name, (api) => api.decode(blob, name))
  return { pixels: image, ...decoded }
}

/**
 * As `decodeImage`, for pixels that are not drawn: their bitmaps would take as much memory once more.
 * @param quarters by which they are turned, clockwise
 */
export function readPixels(blob: Blob, name: string, quarters: Quarters = 0): Promise<RgbaImage> {
  return opened(blob, name, (api) => api.pixels(blob, name, quarters))
}

async function opened<T>(
  blob: Blob,
  name: string,
  decode: (api: Remote<CodecApi>) => Promise<T>,
): Promise<T> {
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
    return await openingCodec.call(decode, DECODE_TIMEOUT_MS)
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'unexpected') {
      throw new AppError(cause.code, { params: { ...cause.data.params, name }, cause })
    }
    throw new AppError('image/damaged', { params, cause })
  }
}

/** Makes the bitmaps that draw `image`. @throws AppError where the worker fails */
export function makeLevels(image: RgbaImage): Promise<PictureLevels> {
  return codec.call((api) => api.makeLevels(image))
}
