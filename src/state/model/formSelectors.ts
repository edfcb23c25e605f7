import { backendDescriptor } from '../../backends/backendRegistry'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { BackendDescriptor } from '../../core/prediction/backend'
import {
  defaultValues,
  type FieldSpec,
  type FieldValue,
  type FieldValues,
  fieldByRole,
  formFields,
  usesMask,
} from '../../core/prediction/inputSchema'
import type { Settings } from '../shell/settings'
import { findModel, type ModelState } from './models'

/** By field name, what the user has set; null where the user blanked a field that has a default. */
export type SetValues = Readonly<Record<string, FieldValue | null>>

/** The form belongs to the open document: another tab has its own. */
export interface FormState {
  /** What the user has set, by model id; everything else holds the model's default. */
  readonly values: Readonly<Record<string, SetValues>>
  /** Of inputs that are a backend's own, by backend id. */
  readonly options: Readonly<Record<string, FieldValues>>
  /** What the backend said about single fields of the last run, by field name. */
  readonly complaints: Readonly<Record<string, string>>
  /** Ids of models for which the user knows that the prompt is empty. */
  readonly promptless: readonly string[]
  /** What the form of the active model held before it was reset; null where that was not the last change. */
  readonly beforeReset: { readonly modelId: string; readonly set: SetValues } | null
  /** Width to height, where a changed side changes the other; null where it does not. */
  readonly keptShape: number | null
}

/** The state that the form's derived values are made of. */
export interface FormContext {
  readonly settings: Settings
  readonly models: ModelState
  readonly forms: FormState
}

export function selectModel({ settings, models }: Omit<FormContext, 'forms'>): ModelDescriptor {
  return findModel(models, settings.modelId)
}

const defaults = new WeakMap<readonly FieldSpec[], FieldValues>()

/** The defaults of a model's fields: the same object each time. */
export function defaultsOf(fields: readonly FieldSpec[]): FieldValues {
  const known = defaults.get(fields) ?? defaultValues(fields)
  defaults.set(fields, known)
  return known
}

const merged = new WeakMap<
  SetValues,
  { readonly fields: readonly FieldSpec[]; readonly values: FieldValues }
>()

/** What the active model's form holds: the defaults, and over them what the user set. The same object until it changes. */
export function selectValues(context: FormContext): FieldValues {
  const { id, fields } = selectModel(context)
  const set = context.forms.values[id]
  if (!set) return defaultsOf(fields)
  const known = merged.get(set)
  if (known?.fields === fields) return known.values
  const all = Object.entries<FieldValue | null>({ ...defaultsOf(fields), ...set })
  const values = Object.fromEntries(all.filter((entry): entry is [string, FieldValue] => entry[1] !== null))
  merged.set(set, { fields, values })
  return values
}

/**
 * The fields of the active model that nobody has set: they hold its defaults, and are not sent. Width and height always
 * are, as the picture is sent at that size, and so are the prompt and what the model requires.
 */
export function selectUntouched(context: FormContext): string[] {
  const { id, fields } = selectModel(context)
  const set = context.forms.values[id] ?? {}
  return formFields(fields)
    .filter(({ name, role, required }) => {
      const isSent = required || role === 'width' || role === 'height' || role === 'prompt'
      return !isSent && !Object.hasOwn(set, name) && Object.hasOwn(defaultsOf(fields), name)
    })
    .map(({ name }) => name)
}

/** What a backend's own inputs hold. */
export function selectOptions(forms: FormState, backend: BackendDescriptor): FieldValues {
  return { ...defaultValues(backend.options), ...forms.options[backend.id] }
}

export function selectBackend({ backendId }: Settings): BackendDescriptor {
  return backendDescriptor(backendId)
}

/** False where the chosen backend and model paint by themselves, whatever is masked. */
export function selectTakesMask(context: FormContext): boolean {
  const { models } = selectBackend(context.settings)
  return models === 'none' || usesMask(selectModel(context).fields, selectValues(context))
}

/** The fields that a run on this backend is made of: a model's and the backend's own. */
export function runFields(backend: BackendDescriptor, model: ModelDescriptor): readonly FieldSpec[] {
  return backend.models === 'none' ? backend.options : [...model.fields, ...backend.options]
}

/** True where the chosen backend's model takes a prompt, and there is none. */
export function selectLacksPrompt(context: FormContext): boolean {
  if (selectBackend(context.settings).models === 'none') return false
  const prompt = fieldByRole(selectModel(context).fields, 'prompt')
  return prompt?.kind === 'string' && String(selectValues(context)[prompt.name] ?? '').trim() === ''
}

/** True where Run has said that the prompt is empty: the next press runs without one. Once for each model. */
export function selectRunsPromptless(context: FormContext): boolean {
  return selectLacksPrompt(context) && context.forms.promptless.includes(selectModel(context).id)
}

/** True where the form can go back to what it held before a reset. */
export function selectCanUndoReset(context: FormContext): boolean {
  return context.forms.beforeReset?.modelId === selectModel(context).id
}
