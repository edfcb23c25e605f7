import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { isObject, type JsonValue, ownProperty } from '../core/json'
import type { BackendDescriptor } from '../core/prediction/backend'
import { MODELS, type ModelDescriptor } from '../core/models/modelRegistry'
import { checkField } from '../core/prediction/fieldCheck'
import {
  defaultValues,
  fieldByRole,
  keptParams,
  usesMask,
  valuesOf,
  type FieldSpec,
  type FieldValue,
  type FieldValues,
} from '../core/prediction/inputSchema'
import { closestModelSize, nearestAllowed, requestedSize } from '../core/prediction/modelSize'
import type { Size } from '../core/geometry'
import { allModels, findModel, useModels } from './modelStore'
import { backendDescriptor, BACKENDS } from '../backends/backendRegistry'
import { useSettings } from './settingsStore'

interface FormStore {
  /** By model id. */
  readonly values: Readonly<Record<string, FieldValues>>
  /** What the backend said about single fields of the last run, by field name. */
  readonly complaints: Readonly<Record<string, string>>
  /** Width to height, where a changed side takes the other along; null where it does not. */
  readonly keptShape: number | null
  readonly setComplaints: (complaints: Readonly<Record<string, string>>) => void
}

export const useForm = create<FormStore>()(
  persist(
    (set) => ({
      values: Object.fromEntries(MODELS.map((model) => [model.id, defaultValues(model.fields)])),
      complaints: {},
      keptShape: null,
      setComplaints: (complaints) => set({ complaints }),
    }),
    {
      name: 'pentimento.form',
      version: 1,
      partialize: ({ values }) => ({
        values: Object.fromEntries(
          Object.entries(values).map(([id, held]) => [id, keptParams(findModel(id).fields, held)]),
        ),
      }),
      merge: (stored, current) => ({ ...current, values: { ...current.values, ...storedValues(stored) } }),
    },
  ),
)

/** What the models' forms held before the reload, as far as it still fits their fields. */
function storedValues(stored: unknown): Record<string, FieldValues> {
  const out: Record<string, FieldValues> = {}
  const forms = [
    ...allModels(),
    ...BACKENDS.map((backend) => ({ id: `backend:${backend.id}`, fields: backend.options })),
  ]
  for (const model of forms) {
    const values = ownProperty(ownProperty(stored, 'values'), model.id)
    if (!isObject(values)) continue
    const kept = Object.entries(values).filter(([name, value]) => {
      const field = model.fields.find((candidate) => candidate.name === name)
      return field !== undefined && checkField(field, value as FieldValue) === null
    })
    out[model.id] = Object.fromEntries(kept) as FieldValues
  }
  return out
}

export function activeModel(): ModelDescriptor {
  return findModel(useSettings.getState().modelId)
}

export function activeValues(): FieldValues {
  const { id, fields } = activeModel()
  return useForm.getState().values[id] ?? defaultValues(fields)
}

/** The form's values of a backend's own inputs stand beside those of the models. */
const optionsKey = ({ id }: BackendDescriptor) => `backend:${id}`

export function optionValues(backend: BackendDescriptor): FieldValues {
  return { ...defaultValues(backend.options), ...useForm.getState().values[optionsKey(backend)] }
}

export function changeOption(backend: BackendDescriptor, name: string, value: FieldValue | undefined): void {
  const key = optionsKey(backend)
  useForm.setState(({ values }) => {
    const rest = Object.fromEntries(Object.entries(values[key] ?? {}).filter(([other]) => other !== name))
    return { values: { ...values, [key]: value === undefined ? rest : { ...rest, [name]: value } } }
  })
}

/** Takes over what a stored run asked of its backend. */
export function fillOptions(backend: BackendDescriptor, params: Readonly<Record<string, JsonValue>>): void {
  const values = { ...defaultValues(backend.options), ...valuesOf(backend.options, params) }
  for (const [name, value] of Object.entries(values)) changeOption(backend, name, value)
}

/** False where the chosen backend and model paint by themselves, whatever is masked. */
export function takesMask(): boolean {
  const { needsUrl } = backendDescriptor(useSettings.getState().backendId)
  return !needsUrl || usesMask(activeModel().fields, activeValues())
}

/** The same, for a component. */
export function useTakesMask(): boolean {
  useSettings((state) => state.backendId)
  useSettings((state) => state.modelId)
  useModels((state) => state.roles)
  useForm((state) => state.values)
  return takesMask()
}

/** Changes fields of the active model; undefined blanks one. */
export function setFields(change: Readonly<Record<string, FieldValue | undefined>>): void {
  const { id, fields } = activeModel()
  useForm.setState(({ values, complaints }) => {
    const next: Record<string, FieldValue> = { ...(values[id] ?? defaultValues(fields)) }
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) delete next[name]
      else next[name] = value
    }
    const rest = Object.fromEntries(
      Object.entries(complaints).filter(([name]) => !Object.hasOwn(change, name)),
    )
    return { values: { ...values, [id]: next }, complaints: rest }
  })
}

/** Changes one field as a user does: with the shape kept, the other side follows. */
export function changeField(field: FieldSpec, value: FieldValue | undefined): void {
  const { fields } = activeModel()
  const { keptShape } = useForm.getState()
  const isWidth = field.role === 'width'
  const other = isWidth || field.role === 'height' ? fieldByRole(fields, isWidth ? 'height' : 'width') : null
  const follows = other !== null && keptShape !== null && typeof value === 'number' && value > 0
  const across = follows ? nearestAllowed(other, isWidth ? value / keptShape : value * keptShape) : 0
  setFields({ [field.name]: value, ...(follows ? { [other.name]: across } : {}) })
}

/** From now on width and height keep the shape they have, or no longer. */
export function toggleShape(): void {
  const { fields } = activeModel()
  const size = requestedSize(fields, activeValues())
  useForm.setState(({ keptShape }) => ({
    keptShape: keptShape === null && size ? size.width / size.height : null,
  }))
}

/** Width and height start at the pair whose shape is the picture's, so that nothing is squashed. */
export function fitModelSize(picture: Size): void {
  const { fields } = activeModel()
  const size = closestModelSize(fields, picture)
  const width = fieldByRole(fields, 'width')
  const height = fieldByRole(fields, 'height')
  if (!size || !width || !height) return
  setFields({ [width.name]: size.width, [height.name]: size.height })
  useForm.setState({ keptShape: null })
}

/** Makes the form hold exactly these values: what is not among them is blank. */
export function fillForm(values: FieldValues): void {
  const blank = Object.fromEntries(Object.keys(activeValues()).map((name) => [name, undefined]))
  setFields({ ...blank, ...values })
  useForm.setState({ keptShape: null })
}
