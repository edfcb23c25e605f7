import { AppError } from '../../core/errors'
import type { GrayImage, RgbaImage } from '../../core/image/raster'
import type { JsonValue } from '../../core/json'
import { withPolarity } from '../../core/prediction/polarity'
import type { ModelFields } from '../../core/prediction/backend'
import type { PredictionInput } from '../../core/prediction/prediction'

/** Encodes a picture or a mask as a PNG file. */
export type Encode = (image: RgbaImage | GrayImage) => Promise<Blob>

export interface WireOptions {
  readonly encode: Encode
  /** Encodes a file as a data URI. */
  readonly toUri: (file: Blob) => Promise<string>
  /** Uploads a file. @returns its address; null where the server takes no files */
  readonly upload?: (file: Blob, name: string) => Promise<string | null>
  /** Limit for pictures inside the request, bytes; null where only the server knows it. */
  readonly maxBytes: number | null
}

/** Pictures up to this size go inside the request even where files can be uploaded, bytes. */
const MAX_INLINE_BYTES = 256 * 1024

/**
 * Makes the `input` of a request: the params, and picture and mask as the model wants them. A large picture is uploaded
 * where the server takes files, else it goes as a data URI; one with an address goes as that.
 * @returns the input, and the bytes of the pictures in it
 * @throws AppError `backend/input-too-large` where the pictures are over the limit, with `bytes`
 */
export async function wireInput(
  { params, image, imageUrl, mask, maskUrl }: PredictionInput,
  fields: ModelFields,
  options: WireOptions,
): Promise<{ input: Record<string, JsonValue>; inlineBytes: number }> {
  let inlineBytes = 0
  const place = async (picture: RgbaImage | GrayImage, name: string) => {
    const file = await options.encode(picture)
    const address = file.size > MAX_INLINE_BYTES ? await options.upload?.(file, name) : null
    if (address) return address
    const uri = await options.toUri(file)
    inlineBytes += uri.length
    return uri
  }
  const input: Record<string, JsonValue> = { ...params }
  if (fields.image !== null) input[fields.image] = imageUrl ?? (await place(image, 'image.png'))
  if (fields.mask !== null) {
    const inTones = () => ({ ...mask, data: withPolarity(mask.data, fields.polarity) })
    input[fields.mask] = maskUrl ?? (await place(inTones(), 'mask.png'))
  }
  if (options.maxBytes !== null && inlineBytes > options.maxBytes) throw tooLarge(inlineBytes)
  return { input, inlineBytes }
}

/** Limits in use, largest first: the hosted API's client, gateways, the API's documentation; bytes. */
const CAPS = [10_000_000, 2 ** 20, 256 * 1024]

/** Pictures are not shrunk below this, bytes. */
const MIN_BYTES = 16 * 1024

/**
 * The error of pictures that are too large for the server.
 * @param bytes what was sent
 * @param error the server's own
 * @returns its param `limit` is the size to shrink them to, bytes; left out where they are small already
 */
export function tooLarge(bytes: number, error?: AppError): AppError {
  const limit = CAPS.find((cap) => cap < bytes * 0.9) ?? (bytes > MIN_BYTES ? bytes / 2 : undefined)
  const params = {
    ...error?.data.params,
    bytes,
    megabytes: megabytes(bytes),
    ...(limit === undefined ? {} : { limit, maxMegabytes: megabytes(limit) }),
  }
  return new AppError('backend/input-too-large', { ...error?.data, params, cause: error })
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toPrecision(2)
}
