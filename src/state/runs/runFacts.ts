import { backendDescriptor } from '../../backends/backendRegistry'
import { paramsOfRun, type RunDocument, type RunRecord } from '../../core/document/codec/recordCodec'
import { AppError } from '../../core/errors'
import type { JsonValue } from '../../core/json'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { fieldByRole, type FieldSpec } from '../../core/prediction/inputSchema'
import { selectBackendRef } from '../model/backends'
import { type FormContext, selectModel } from '../model/formSelectors'
import { type ModelState, selectModels } from '../model/models'

/** One input of a run besides picture, mask and prompt. */
export interface RunSetting {
  readonly name: string
  /** null where the model is not here any more, or has no such field. */
  readonly field: FieldSpec | null
  readonly value: JsonValue
}

export interface RunFacts {
  readonly backend: BackendDescriptor
  /** null where the backend runs no model. */
  readonly model: string | null
  /** Empty where the run had none; null where nothing takes one. */
  readonly prompt: string | null
  readonly settings: readonly RunSetting[]
}

/** What of a record tells how its run was set up. */
interface SetUpRun extends Pick<RunRecord, 'backend'> {
  readonly document: Pick<RunDocument, 'setup'>
}

/** What a run was started with, by its record. */
export function runFacts(record: SetUpRun, models: ModelState): RunFacts {
  const { setup } = record.document
  const backend = backendDescriptor(record.backend.id)
  const isFill = backend.models === 'none'
  const model = selectModels(models).find(({ id }) => id === setup.model) ?? null
  const fields = isFill ? backend.options : [...(model?.fields ?? []), ...backend.options]
  const fieldOf = (name: string) => fields.find((field) => field.name === name) ?? null
  const promptName = (model && fieldByRole(model.fields, 'prompt')?.name) ?? 'prompt'
  const prompt = setup.params[promptName]
  const sent = Object.entries(paramsOfRun(record))
  const settings = sent
    .map(([name, value]) => ({ name, field: fieldOf(name), value }))
    .filter(({ name, field, value }) => (isFill ? field !== null : name !== promptName) && value !== '')
  return {
    backend,
    model: isFill ? null : (model?.name ?? setup.model),
    prompt: isFill ? null : typeof prompt === 'string' ? prompt.trim() : '',
    settings,
  }
}

/** Past runs that an expected time is taken from. */
const MAX_COMPARED = 10

/** What decides how long a run takes. */
type RunKind = Pick<RunRecord, 'backend'> & {
  readonly document: { readonly setup: Pick<RunRecord['document']['setup'], 'model'> }
}

/**
 * @param runs newest first
 * @param like on the same backend and model
 * @param least how many there have to be
 * @returns how long a run like this one took, the median of the last ones, ms; null where there were too few
 */
export function expectedMs(
  runs: readonly { readonly record: RunRecord }[],
  like: RunKind,
  least = 1,
): number | null {
  const kindOf = ({ backend, document }: RunKind) =>
    backendDescriptor(backend.id).models === 'none'
      ? backend.id
      : `${backend.id} ${backend.url} ${document.setup.model}`
  const times = runs
    .filter(({ record }) => record.status === 'succeeded' && kindOf(record) === kindOf(like))
    .flatMap(({ record }) => record.durationMs ?? [])
    .slice(0, MAX_COMPARED)
    .toSorted((a, b) => a - b)
  return times.length < least ? null : (times[times.length >> 1] ?? null)
}

/** How long a run of what the form asks for may take, ms; null where too few were timed, or no backend has an address yet. */
export function expectedNow(
  state: FormContext & { readonly runs: { readonly runs: readonly { readonly record: RunRecord }[] } },
  pageUrl: string,
  least?: number,
): number | null {
  try {
    const backend = selectBackendRef(state, pageUrl)
    return expectedMs(
      state.runs.runs,
      { backend, document: { setup: { model: selectModel(state).id } } },
      least,
    )
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
