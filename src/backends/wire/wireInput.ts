import { AppError } from '../../core/errors'
import type { GrayImage, RgbaImage } from '../../core/image/raster'
import type { JsonValue } from '../../core/json'
import { withPolarity } from '../../core/prediction/polarity'
import type { ModelFields } from '../../core/prediction/backend'
import type { PredictionInput } from '../../core/prediction/prediction'

/** A picture or mask as a PNG file. */
export type Encode = (image: RgbaImage | GrayImage) => Promise<Blob>

export interface WireOptions {
  readonly encode: Encode
  /** A file as a data URI. */
  readonly toUri: (file: Blob) => Promise<string>
  /** Puts a file on the server. @returns its address there; null where the server takes none */
  readonly upload?: (file: Blob, name: string) => Promise<string | null>
  /** Most bytes of pictures inside the request; null where only the server knows. */
  readonly mostBytes: number | null
}

/** Up to so many bytes a picture goes inside the request, even where files can be uploaded. */
const INLINE_BYTES = 256 * 1024

/**
 * The `input` of a request: the fields, with picture and mask as the model wants them. A large one is uploaded where
 * the server takes files, else it goes as a data URI.
 * @throws AppError `backend/input-too-large` where the pictures are over the limit, with `bytes`
 */
export async function wireInput(
  { params, image, imageUrl, mask }: PredictionInput,
  fields: ModelFields,
  options: WireOptions,
): Promise<{ input: Record<string, JsonValue>; inlineBytes: number }> {
  let inlineBytes = 0
  const place = async (picture: RgbaImage | GrayImage, name: string) => {
    const file = await options.encode(picture)
    const address = file.size > INLINE_BYTES ? await options.upload?.(file, name) : null
    if (address) return address
    const uri = await options.toUri(file)
    inlineBytes += uri.length
    return uri
  }
  const input: Record<string, JsonValue> = { ...params }
  if (fields.image !== null) input[fields.image] = imageUrl ?? (await place(image, 'image.png'))
  if (fields.mask !== null) {
    input[fields.mask] = await place({ ...mask, data: withPolarity(mask.data, fields.polarity) }, 'mask.png')
  }
  if (options.mostBytes !== null && inlineBytes > options.mostBytes) throw tooLarge(inlineBytes)
  return { input, inlineBytes }
}

/** Caps in use, largest first: of the hosted API's own client, of gateways, of what its documentation advises. */
const CAPS = [10_000_000, 2 ** 20, 256 * 1024]

/** Smaller than this no picture is worth sending. */
const LEAST_BYTES = 16 * 1024

/** The pictures are more than the server takes: `limit` is what to shrink them to, where there is anything below. */
export function tooLarge(bytes: number, error?: AppError): AppError {
  const limit = CAPS.find((cap) => cap < bytes * 0.9) ?? (bytes > LEAST_BYTES ? bytes / 2 : undefined)
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
