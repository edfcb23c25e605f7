import { AppError } from '../../core/errors'
import { ProtoError, type ProtoField, ProtoReader } from './protoReader'

/** An input or output of a graph. */
export interface TensorSignature {
  readonly name: string
  readonly type: 'float32' | 'uint8' | 'other'
  /** null where a side is open; undefined where the graph does not say how many there are. */
  readonly shape: readonly (number | null)[] | undefined
}

export interface GraphSignature {
  readonly inputs: readonly TensorSignature[]
  readonly outputs: readonly TensorSignature[]
}

/** What ONNX reads at most. */
export const MAX_MODEL_BYTES = 2 ** 31 - 1

/** Fields of ModelProto and their wire types. @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const MODEL_FIELDS: Readonly<Record<number, ProtoField['wire']>> = {
  1: 0,
  2: 2,
  3: 2,
  4: 2,
  5: 0,
  6: 2,
  7: 2,
  8: 2,
  14: 2,
  20: 2,
  25: 2,
  26: 2,
}
const GRAPH = 7
const [INITIALIZER, INPUT, OUTPUT] = [5, 11, 12]
const TYPES: Readonly<Record<number, TensorSignature['type']>> = { 1: 'float32', 2: 'uint8' }
/** `TensorProto.data_location`: the weights are in another file. */
const EXTERNAL = 1

/**
 * Reads what a model takes and gives, without its weights and without the runtime.
 * @param name of the file, for messages
 * @throws AppError `onnx/not-a-model`, `onnx/cut-off`, `onnx/too-large`, `onnx/outside-weights`
 */
export async function readSignature(file: Blob, name: string): Promise<GraphSignature> {
  if (file.size > MAX_MODEL_BYTES) throw new AppError('onnx/too-large', { params: { name } })
  const reader = new ProtoReader(file)
  let graph: ProtoField | null = null
  let hasVersion = false
  try {
    for await (const field of reader.fields()) {
      if (MODEL_FIELDS[field.number] !== field.wire) throw new ProtoError(false)
      if (field.number === 1) hasVersion = true
      if (field.number === GRAPH) graph = field
    }
    if (!graph) throw new ProtoError(hasVersion)
    return await readGraph(reader, graph, name)
  } catch (cause) {
    if (!(cause instanceof ProtoError)) throw cause
    const isCut = cause.isCut && hasVersion
    throw new AppError(isCut ? 'onnx/cut-off' : 'onnx/not-a-model', { params: { name }, cause })
  }
}

async function readGraph(
  reader: ProtoReader,
  { from, to }: ProtoField,
  file: string,
): Promise<GraphSignature> {
  const inputs: TensorSignature[] = []
  const outputs: TensorSignature[] = []
  const weights = new Set<string>()
  for await (const field of reader.fields(from, to)) {
    if (field.number === INPUT) inputs.push(await readTensor(reader, field))
    else if (field.number === OUTPUT) outputs.push(await readTensor(reader, field))
    else if (field.number === INITIALIZER) {
      for await (const part of reader.fields(field.from, field.to)) {
        if (part.number === 8) weights.add(await reader.text(part))
        if (part.number === 14 && part.value === EXTERNAL)
          throw new AppError('onnx/outside-weights', { params: { name: file } })
      }
    }
  }
  // Before version 4 of the format weights are inputs as well.
  return { inputs: inputs.filter(({ name }) => !weights.has(name)), outputs }
}

/** A ValueInfoProto: its name, and its type's tensor type. */
async function readTensor(reader: ProtoReader, info: ProtoField): Promise<TensorSignature> {
  let name = ''
  let type: TensorSignature['type'] = 'other'
  let shape: (number | null)[] | undefined
  for await (const field of reader.fields(info.from, info.to)) {
    if (field.number === 1) name = await reader.text(field)
    if (field.number !== 2) continue
    for await (const kind of reader.fields(field.from, field.to)) {
      if (kind.number !== 1) continue
      for await (const part of reader.fields(kind.from, kind.to)) {
        if (part.number === 1) type = TYPES[part.value] ?? 'other'
        if (part.number === 2) shape = await readShape(reader, part)
      }
    }
  }
  return { name, type, shape }
}

async function readShape(reader: ProtoReader, { from, to }: ProtoField): Promise<(number | null)[]> {
  const shape: (number | null)[] = []
  for await (const { number, from: start, to: end } of reader.fields(from, to)) {
    if (number !== 1) continue
    let side: number | null = null
    // A length of 0, or below it, stands for an open one.
    for await (const value of reader.fields(start, end))
      if (value.number === 1 && value.value > 0 && value.value < 2 ** 31) side = value.value
    shape.push(side)
  }
  return shape
}
