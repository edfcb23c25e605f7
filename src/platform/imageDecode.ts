import { AppError } from '../core/errors'
import { readImageHeader } from '../core/image/imageHeader'
import { checkPictureSize, DECODE_TIMEOUT_MS, MAX_FILE_BYTES } from '../core/image/limits'
import type { RgbaImage } from '../core/image/raster'
import type { PictureLevels } from './codecApi'
import { codec, openingCodec } from './codecClient'

/** Upright pixels, and the bitmaps that draw them. */
export interface DecodedImage extends PictureLevels {
  readonly pixels: RgbaImage
}

const HEADER_BYTES = 256 * 1024

/**
 * Opens a picture. Format and size are read from the header before anything is decoded.
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
  let head: Uint8Array
  try {
    head = new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer())
  } catch (cause) {
    throw new AppError('image/unreadable', { params, cause })
  }
  if (head.length === 0) throw new AppError('image/empty', { params })
  const header = readImageHeader(head)
  if (!header) throw new AppError('image/not-an-image', { params })
  if (header.format === 'svg') throw new AppError('image/svg', { params })
  if (header.size) checkPictureSize(header.size, name)
  // Some browsers can open HEIC; the others get a message of its own.
  const failure = header.format === 'heic' ? 'image/heic' : 'image/damaged'
  try {
    const decode = openingCodec.call((api) => api.decode(blob), DECODE_TIMEOUT_MS)
    const { image, levels, opaque } = await decode
    checkPictureSize(image, name)
    return { pixels: image, levels, opaque }
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'unexpected') {
      throw new AppError(cause.code, { params: { ...cause.data.params, name }, cause })
    }
    throw new AppError(failure, { params, cause })
  }
}

/** Makes the bitmaps that draw `image`. @throws AppError where the worker fails */
export function makeLevels(image: RgbaImage): Promise<PictureLevels> {
  return codec.call((api) => api.makeLevels(image))
}
