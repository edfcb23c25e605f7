import { AppError } from '../../core/errors'
import type { Size } from '../../core/geometry'
import type { GraphSignature, TensorSignature } from './graphSignature'

/** How a graph takes a picture and its hole, as its inputs tell. */
export interface ModelProfile {
  /** The input that takes the picture. */
  readonly image: string
  /** The input that takes the mask; null where it is a fourth channel of the picture. */
  readonly mask: string | null
  readonly output: string
  readonly type: 'float32' | 'uint8'
  /** The one size it works at, px; null where it takes any multiple of 8. */
  readonly size: Size | null
}

/** How the values are meant, which no graph tells. */
export interface Convention {
  /** What the mask says of the hole: 1 fill it, 0 keep the rest. */
  readonly hole: 0 | 1
  /** Of the channels, where the mask is one of them. */
  readonly order: 'mask last' | 'mask first'
  /** Values of the picture that goes in and comes out: 0..1, 0..255 or -1..1. */
  readonly input: ValueRange
  readonly output: ValueRange
}

export const VALUE_RANGES = ['unit', 'byte', 'signed'] as const

export type ValueRange = (typeof VALUE_RANGES)[number]

/**
 * Recognises a graph of the LaMa or MI-GAN family.
 * @param name of the file, for messages
 * @throws AppError `onnx/no-picture`, `onnx/unknown-graph`, both with what the graph takes
 */
export function profileOf({ inputs, outputs }: GraphSignature, name: string): ModelProfile {
  const params = { name, inputs: inputs.map(describe).join(', ') || '—' }
  const pictures = inputs.filter((input) => hasChannels(input, 3) || hasChannels(input, 4))
  if (pictures.length === 0) throw new AppError('onnx/no-picture', { params })
  const unknown = new AppError('onnx/unknown-graph', { params })
  const output = outputs.find((one) => hasChannels(one, 3) || one.shape === undefined)
  if (!output) throw unknown
  if (inputs.length === 1) {
    const [input] = inputs
    if (!isFloat(input) || channelsOf(input) !== 4) throw unknown
    return { image: input.name, mask: null, output: output.name, type: 'float32', size: sizeOf(input) }
  }
  const mask = inputs.find((input) => hasChannels(input, 1) && !isNamedPicture(input))
  const image = inputs.find((input) => input !== mask && hasChannels(input, 3))
  if (inputs.length !== 2 || !mask || !image || image.type !== mask.type) throw unknown
  if (image.type === 'other') throw unknown
  const size = sizeOf(image)
  if (size && !isSame(size, sizeOf(mask))) throw unknown
  return { image: image.name, mask: mask.name, output: output.name, type: image.type, size }
}

/** The conventions that graphs of this profile are known to have, the likeliest first. */
export function conventionsOf({ mask, type }: ModelProfile): Convention[] {
  const order = 'mask last'
  if (mask === null) {
    return [
      { hole: 1, order, input: 'unit', output: 'unit' },
      { hole: 0, order: 'mask first', input: 'signed', output: 'signed' },
      { hole: 1, order: 'mask first', input: 'signed', output: 'signed' },
    ]
  }
  const input = type === 'uint8' ? 'byte' : 'unit'
  const holes = type === 'uint8' ? ([0, 1] as const) : ([1, 0] as const)
  return holes.map((hole) => ({ hole, order, input, output: input }))
}

function hasChannels(tensor: TensorSignature, count: number): boolean {
  const channels = channelsOf(tensor)
  if (channels === null) return count === (isNamedMask(tensor) ? 1 : 3)
  return channels === count
}

/** null where it is open; undefined where the tensor is no picture of one channel after the other. */
function channelsOf({ shape }: TensorSignature): number | null | undefined {
  return shape?.length === 4 ? shape[1] : undefined
}

function sizeOf({ shape = [] }: TensorSignature): Size | null {
  const [, , height, width] = shape
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : null
}

function isSame(a: Size, b: Size | null): boolean {
  return b !== null && a.width === b.width && a.height === b.height
}

const isFloat = ({ type }: TensorSignature) => type === 'float32'
const isNamedMask = ({ name }: TensorSignature) => /mask/i.test(name)
const isNamedPicture = ({ name }: TensorSignature) => /^(image|img|picture)/i.test(name)

function describe({ name, type, shape }: TensorSignature): string {
  const sides = shape?.map((side) => side ?? '?').join(' × ') ?? '?'
  return `${name.slice(0, 40)} (${type === 'other' ? '?' : type}, ${sides})`
}
