import type { GrayImage, RgbaImage } from '../../core/image/raster'
import type { JsonValue } from '../../core/json'
import { withPolarity } from '../../core/models/polarity'
import type { ModelFields } from '../../core/prediction/backend'
import type { PredictionInput } from '../../core/prediction/prediction'

/** A picture or mask as a data URI. */
export type Encode = (image: RgbaImage | GrayImage) => Promise<string>

/** The `input` of a request: the fields, with picture and mask as the model wants them. */
export async function wireInput(
  { params, image, mask }: PredictionInput,
  fields: ModelFields,
  encode: Encode,
): Promise<Record<string, JsonValue>> {
  const toned = { ...mask, data: withPolarity(mask.data, fields.polarity) }
  const [imageUri, maskUri] = await Promise.all([encode(image), encode(toned)])
  return { ...params, [fields.image]: imageUri, [fields.mask]: maskUri }
}
