import type { InferenceSession } from 'onnxruntime-web'
import { AppError } from '../../core/errors'
import type { TensorData } from './modelTensors'
import type { Runtime } from './onnxRuntime'

export type Provider = 'webgpu' | 'wasm'

/** A loaded model. */
export interface OpenGraph {
  /** @throws AppError */
  readonly run: (inputs: Readonly<Record<string, TensorData>>) => Promise<TensorData>
  close(): Promise<void>
}

/**
 * Loads a model into the runtime.
 * @param output the name of what `run` returns
 * @throws AppError `onnx/not-a-model`, `onnx/operator`, `onnx/no-memory`, `onnx/failed`
 */
export async function openGraph(
  { InferenceSession: Sessions, Tensor }: Runtime,
  file: Blob,
  output: string,
  provider: Provider,
): Promise<OpenGraph> {
  let session: InferenceSession
  try {
    const model = new Uint8Array(await file.arrayBuffer())
    session = await Sessions.create(model, { executionProviders: [provider], logSeverityLevel: 3 })
  } catch (error) {
    throw runtimeError(error, file)
  }
  return {
    async run(inputs) {
      try {
        const feeds = Object.entries(inputs).map(([name, { type, data, dims }]) => [
          name,
          new Tensor(type, data as never, dims),
        ])
        const answer = (await session.run(Object.fromEntries(feeds) as InferenceSession.FeedsType, [output]))[
          output
        ]
        const data = await answer.getData()
        const { type, dims } = answer
        answer.dispose()
        if (!(data instanceof Float32Array) && !(data instanceof Uint8Array)) {
          throw new AppError('onnx/failed', { detail: `output ${type}` })
        }
        return { type: data instanceof Uint8Array ? 'uint8' : 'float32', data, dims } as TensorData
      } catch (error) {
        throw runtimeError(error, file)
      }
    },
    close: () => session.release(),
  }
}

const NO_OPERATOR =
  /No Op registered for (\w+)|implementation for (?:the node \S*:)?(\w+)|(\w+)\(-?\d+\) is not a registered function/
const NO_MEMORY =
  /bad_alloc|out of memory|allocation failed|could not allocate|failed to allocate|OOM|memory access out of bounds/i

/** What the runtime says, in this application's codes. A bare number is where its memory ended. */
function runtimeError(error: unknown, { size }: Blob): AppError {
  if (error instanceof AppError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const operator = NO_OPERATOR.exec(detail)?.slice(1).find(Boolean)
  if (operator) return new AppError('onnx/operator', { params: { operator }, detail, cause: error })
  if (/protobuf parsing failed/i.test(detail)) {
    return new AppError('onnx/not-a-model', { params: { name: '' }, detail, cause: error })
  }
  if (typeof error === 'number' || error instanceof RangeError || NO_MEMORY.test(detail)) {
    const params = { megabytes: Math.round(size / 2 ** 20) }
    return new AppError('onnx/no-memory', { params, detail, cause: error })
  }
  return new AppError('onnx/failed', { detail, cause: error })
}
