/** Writes ONNX files of a few hundred bytes with the inputs and outputs of the real models. */

type Dim = number | string
interface Tensor {
  readonly name: string
  /** 1 float32, 2 uint8, 7 int64, 10 float16. */
  readonly type: number
  readonly shape: readonly Dim[]
}

interface Graph {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly nodes: readonly (readonly number[])[]
  readonly constants?: readonly (readonly number[])[]
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return bytes
}

const number = (field: number, value: number) => [...varint(field << 3), ...varint(value)]
const bytes = (field: number, content: readonly number[]) => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
]
const text = (field: number, value: string) => bytes(field, [...new TextEncoder().encode(value)])

function valueInfo({ name, type, shape }: Tensor): number[] {
  const dims = shape.flatMap((dim) => bytes(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)))
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, dims)]))]
}

function node(operator: string, inputs: readonly string[], output: string, to?: number): number[] {
  const attribute = to === undefined ? [] : bytes(5, [...text(1, 'to'), ...number(3, to), ...number(20, 2)])
  return [
    ...inputs.flatMap((input) => text(1, input)),
    ...text(2, output),
    ...text(4, operator),
    ...attribute,
  ]
}

function floats(name: string, ...values: readonly number[]): number[] {
  const raw = new Uint8Array(Float32Array.from(values).buffer)
  return [...number(1, values.length), ...number(2, 1), ...text(8, name), ...bytes(9, [...raw])]
}

function integers(name: string, ...values: readonly number[]): number[] {
  const raw = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)
  return [...number(1, values.length), ...number(2, 7), ...text(8, name), ...bytes(9, [...raw])]
}

/** @returns a file that a runtime loads */
export function onnxFile({ inputs, outputs, nodes, constants = [] }: Graph, opset = 17): Blob {
  const graph = [
    ...nodes.flatMap((one) => bytes(1, one)),
    ...text(2, 'test'),
    ...constants.flatMap((one) => bytes(5, one)),
    ...inputs.flatMap((one) => bytes(11, valueInfo(one))),
    ...outputs.flatMap((one) => bytes(12, valueInfo(one))),
  ]
  const model = [...number(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...number(2, opset)])]
  return new Blob([Uint8Array.from(model)])
}

/** Nodes that fill the hole with the mean of the rest: `image` and `keep` (1 outside the hole) give `filled`. */
const FILL = [
  node('Mul', ['image01', 'keep'], 'known'),
  node('ReduceSum', ['known', 'axes'], 'sum'),
  node('ReduceSum', ['keep', 'axes'], 'count'),
  node('Div', ['sum', 'count'], 'mean'),
  node('Sub', ['one', 'keep'], 'hole'),
  node('Mul', ['mean', 'hole'], 'patch'),
  node('Add', ['known', 'patch'], 'filled'),
]
const AXES = integers('axes', 2, 3)
const ONE = floats('one', 1)

const picture = (name: string, type: number, channels: number, side: Dim): Tensor => ({
  name,
  type,
  shape: [1, channels, typeof side === 'number' ? side : 'height', typeof side === 'number' ? side : 'width'],
})

interface Variant {
  /** A side of the one size it takes, px; any size where left out. */
  readonly side?: number
  /** The mask is 1, or 255, where the picture stays. */
  readonly keeps?: boolean
  /** The output's values are multiplied by this. */
  readonly times?: number
  /** Replaces the last operator. */
  readonly operator?: string
}

/** LaMa: float pictures 0..1, a mask that is 1 in the hole. */
export function lama({ side, keeps = false, times = 255, operator = 'Mul' }: Variant = {}): Blob {
  const dim = side ?? 'any'
  return onnxFile({
    inputs: [picture('image', 1, 3, dim), picture('mask', 1, 1, dim)],
    outputs: [picture('output', 1, 3, dim)],
    constants: [AXES, ONE, floats('times', times)],
    nodes: [
      node('Identity', ['image'], 'image01'),
      keeps ? node('Identity', ['mask'], 'keep') : node('Sub', ['one', 'mask'], 'keep'),
      ...FILL,
      node(operator, ['filled', 'times'], 'output'),
    ],
  })
}

/** MI-GAN with its pipeline: bytes, a mask that is 255 where the picture stays. */
export function miganPipeline({ keeps = true }: Variant = {}): Blob {
  return onnxFile({
    inputs: [picture('image', 2, 3, 'any'), picture('mask', 2, 1, 'any')],
    outputs: [picture('result', 2, 3, 'any')],
    constants: [AXES, ONE, floats('full', 255), floats('half', 0.5)],
    nodes: [
      node('Cast', ['image'], 'imageFloat', 1),
      node('Div', ['imageFloat', 'full'], 'image01'),
      node('Cast', ['mask'], 'maskFloat', 1),
      node('Div', ['maskFloat', 'full'], 'mask01'),
      keeps ? node('Identity', ['mask01'], 'keep') : node('Sub', ['one', 'mask01'], 'keep'),
      ...FILL,
      node('Mul', ['filled', 'full'], 'levels'),
      node('Add', ['levels', 'half'], 'rounded'),
      node('Cast', ['rounded'], 'result', 2),
    ],
  })
}

/** One input of four channels: MI-GAN's generator has the mask less 0.5 first, others the mask last. */
export function packed(order: 'mask first' | 'mask last', side = 64): Blob {
  const isFirst = order === 'mask first'
  const slice = (from: number, to: number, output: string) =>
    node('Slice', ['input', `c${from}`, `c${to}`, 'channel'], output)
  return onnxFile({
    inputs: [picture('input', 1, 4, side)],
    outputs: [picture('output', 1, 3, side)],
    constants: [
      AXES,
      ONE,
      floats('half', 0.5),
      integers('channel', 1),
      ...[0, 1, 3, 4].map((at) => integers(`c${at}`, at)),
    ],
    nodes: [
      isFirst ? slice(0, 1, 'mask') : slice(3, 4, 'mask'),
      isFirst ? slice(1, 4, 'image01') : slice(0, 3, 'image01'),
      isFirst ? node('Add', ['mask', 'half'], 'keep') : node('Sub', ['one', 'mask'], 'keep'),
      ...FILL,
      node('Identity', ['filled'], 'output'),
    ],
  })
}

/** A classifier: a picture goes in, no picture comes out. */
export function classifier(): Blob {
  return onnxFile({
    inputs: [picture('input', 1, 3, 64)],
    outputs: [{ name: 'classes', type: 1, shape: [1, 3, 1, 1] }],
    constants: [AXES],
    nodes: [node('ReduceSum', ['input', 'axes'], 'classes')],
  })
}

/** A language model's inputs. */
export function noPicture(): Blob {
  return onnxFile({
    inputs: [{ name: 'input_ids', type: 7, shape: ['batch', 'length'] }],
    outputs: [{ name: 'logits', type: 7, shape: ['batch', 'length'] }],
    nodes: [node('Identity', ['input_ids'], 'logits')],
  })
}

/** Weights in a file beside it. */
export function outsideWeights(): Blob {
  const weights = [...number(1, 1), ...number(2, 1), ...text(8, 'w'), ...number(14, 1)]
  return onnxFile({
    inputs: [picture('image', 1, 3, 'any'), picture('mask', 1, 1, 'any')],
    outputs: [picture('output', 1, 3, 'any')],
    constants: [weights],
    nodes: [node('Mul', ['image', 'w'], 'output')],
  })
}
