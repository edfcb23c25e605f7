import { AppError } from '../../core/errors'
import { createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import type { Convention, ModelProfile, ValueRange } from './modelProfile'

export interface TensorData {
  readonly type: 'float32' | 'uint8'
  readonly data: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
  readonly dims: readonly number[]
}

/** A level 0..255 as a range has it, and back. */
const SCALES: Readonly<Record<ValueRange, { readonly factor: number; readonly offset: number }>> = {
  unit: { factor: 1 / 255, offset: 0 },
  byte: { factor: 1, offset: 0 },
  signed: { factor: 2 / 255, offset: -1 },
}

/**
 * A picture and its hole as a graph takes them. What the hole covers is left out of the picture.
 * @param mask of the picture's size; above 0 is filled
 * @returns by input name
 */
export function modelInputs(
  { width, height, data }: RgbaImage,
  mask: GrayImage,
  profile: ModelProfile,
  { hole, order, input }: Convention,
): Readonly<Record<string, TensorData>> {
  const count = width * height
  const { factor, offset } = SCALES[input]
  const isPacked = profile.mask === null
  const isMaskFirst = isPacked && order === 'mask first'
  const make = (channels: number) =>
    profile.type === 'uint8' ? new Uint8Array(count * channels) : new Float32Array(count * channels)
  const picture = make(isPacked ? 4 : 3)
  const coverage = isPacked ? picture.subarray(isMaskFirst ? 0 : 3 * count) : make(1)
  const colors = picture.subarray(isMaskFirst ? count : 0)
  const full = profile.type === 'uint8' ? 255 : 1
  // MI-GAN's fourth channel lies around 0, and its picture is 0 in the hole.
  const shift = isMaskFirst ? -0.5 : 0
  for (let p = 0; p < count; p++) {
    const isHole = mask.data[p] > 0
    coverage[p] = ((isHole ? hole : 1 - hole) + shift) * full
    for (let c = 0; c < 3; c++) {
      colors[c * count + p] = isHole ? 0 : data[p * 4 + c] * factor + offset
    }
  }
  const shape = (channels: number) => [1, channels, height, width]
  const { type } = profile
  const inputs = { [profile.image]: { type, data: picture, dims: shape(isPacked ? 4 : 3) } }
  return profile.mask === null
    ? inputs
    : { ...inputs, [profile.mask]: { type, data: coverage, dims: shape(1) } }
}

/**
 * A graph's answer as an opaque picture.
 * @throws AppError `onnx/failed` where it is no picture of one channel after the other
 */
export function answerPicture({ data, dims }: TensorData, range: ValueRange): RgbaImage {
  const [, channels, height, width] = dims
  const count = width * height
  if (dims.length !== 4 || channels !== 3 || data.length !== 3 * count) {
    throw new AppError('onnx/failed', { detail: `output ${dims.join(' × ')}` })
  }
  const { factor, offset } = SCALES[range]
  const image = createRgba(width, height)
  for (let p = 0; p < count; p++) {
    // The array rounds and clamps.
    for (let c = 0; c < 3; c++) image.data[p * 4 + c] = (data[c * count + p] - offset) / factor
    image.data[p * 4 + 3] = 255
  }
  return image
}
