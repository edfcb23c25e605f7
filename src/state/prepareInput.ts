import { cropRgba } from '../core/image/raster'
import { resampleGray, resampleRgba } from '../core/image/resample'
import { surroundings, workRegion } from '../core/image/workRegion'
import { type Mask, maskBounds, readMask } from '../core/mask/mask'
import { type FieldSpec, type FieldValues, paramsOf } from '../core/prediction/inputSchema'
import { freeSize, requestedSize } from '../core/prediction/modelSize'
import type { PredictionInput } from '../core/prediction/prediction'
import type { SourceImage } from './sessionStore'

/**
 * Everything a run depends on, frozen: the part of the picture around the mask, at the model's size where it has one.
 * The shape of the part is the model's, so nothing is squashed; the mask has the size of the picture as sent.
 */
export function prepareInput(
  source: SourceImage,
  mask: Mask,
  fields: readonly FieldSpec[],
  values: FieldValues,
  fixedSize: boolean,
): PredictionInput {
  const bounds = maskBounds(mask)
  const size = fixedSize
    ? (requestedSize(fields, values) ?? freeSize(surroundings(bounds, source.pixels)))
    : null
  const region = size ? workRegion(bounds, source.pixels, size) : surroundings(bounds, source.pixels)
  const image = cropRgba(source.pixels, region)
  const coverage = readMask(mask, region)
  return {
    image: size ? resampleRgba(image, size.width, size.height) : image,
    mask: size ? resampleGray(coverage, size.width, size.height) : coverage,
    region,
    params: paramsOf(fields, values),
  }
}
