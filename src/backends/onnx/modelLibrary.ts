import * as v from 'valibot'
import { AppError, isAbort } from '../../core/errors'
import { fetchModel } from '../../platform/modelFetch'
import { contentId, keepFile, listFiles, openFile, removeFile } from '../../platform/modelFiles'
import { MAX_MODEL_BYTES, readSignature } from './graphSignature'
import { type ModelHost, modelHost } from './modelHost'
import { profileOf, VALUE_RANGES } from './modelProfile'
import type { ModelFacts, ModelJob } from './onnxApi'

/** A model of the user's on this device. */
export interface DeviceModel {
  /** By its content. */
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** Its one size, px; null where it takes any. */
  readonly size: number | null
  readonly provider: ModelFacts['provider']
  /** False where it is gone with the page. */
  readonly isKept: boolean
}

/** What takes time while a model is added. */
export type AddStage =
  | { readonly kind: 'fetching'; readonly bytes: number; readonly total: number | null }
  | { readonly kind: 'reading' | 'checking' | 'keeping' }

const sizeSchema = v.nullable(v.object({ width: v.number(), height: v.number() }))
const noteSchema = v.object({
  name: v.string(),
  profile: v.object({
    image: v.string(),
    mask: v.nullable(v.string()),
    output: v.string(),
    type: v.picklist(['float32', 'uint8']),
    size: sizeSchema,
  }),
  convention: v.object({
    hole: v.picklist([0, 1]),
    order: v.picklist(['mask last', 'mask first']),
    input: v.picklist(VALUE_RANGES),
    output: v.picklist(VALUE_RANGES),
  }),
  provider: v.picklist(['webgpu', 'wasm']),
})

type Note = v.InferOutput<typeof noteSchema>

/** The models kept here. What was noted by another version of the page, and is not understood, is left out. */
export async function listModels(): Promise<DeviceModel[]> {
  const files = await listFiles()
  return files.flatMap(({ id, note, bytes, isKept }) => {
    const read = v.safeParse(noteSchema, note)
    return read.success ? [described(id, read.output, bytes, isKept)] : []
  })
}

/**
 * Reads a model, lets it fill a grey picture, and keeps it.
 * @param source a file, or an address
 * @throws AppError `onnx/…`, `page/part-missing`; AbortError
 */
export async function addModel(
  source: File | string,
  signal: AbortSignal,
  report: (stage: AddStage) => void,
  host: ModelHost = modelHost,
): Promise<DeviceModel> {
  const { file, name } =
    typeof source === 'string'
      ? await fetchModel(source, MAX_MODEL_BYTES, signal, (progress) =>
          report({ kind: 'fetching', ...progress }),
        )
      : { file: source, name: source.name }
  report({ kind: 'reading' })
  const profile = profileOf(await readSignature(file, name), name)
  const id = await contentId(file, signal)
  const known = (await listModels()).find((model) => model.id === id)
  if (known) return known
  report({ kind: 'checking' })
  const facts = await withName(name, () => host.run(signal, (worker) => worker.check({ id, file, profile })))
  report({ kind: 'keeping' })
  const note: Note = { name, profile, ...facts }
  const isKept = await keepFile(id, file, note, signal)
  return described(id, note, file.size, isKept)
}

export async function removeModel(id: string): Promise<void> {
  await removeFile(id)
}

/** A model that is ready to run. @throws AppError `onnx/missing` */
export async function findModel(id: string): Promise<ModelJob & ModelFacts & { readonly name: string }> {
  const file = await openFile(id)
  const stored = (await listFiles()).find((one) => one.id === id)
  const read = v.safeParse(noteSchema, stored?.note)
  if (!file || !read.success) throw new AppError('onnx/missing')
  return { id, file, ...read.output }
}

function described(
  id: string,
  { name, profile, provider }: Note,
  bytes: number,
  isKept: boolean,
): DeviceModel {
  return { id, name, bytes, size: profile.size?.width ?? null, provider, isKept }
}

/** Errors of the runtime do not know the file's name. */
async function withName<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isAbort(error) || !(error instanceof AppError)) throw error
    const { code, params, detail } = error.data
    throw new AppError(code, { params: { ...params, name }, detail, cause: error })
  }
}
