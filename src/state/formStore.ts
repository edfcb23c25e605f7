import { create } from 'zustand'
import { MODELS, type ModelDescriptor, modelById } from '../core/models/modelRegistry'
import { defaultValues, fieldByRole, type FieldValue, type FieldValues } from '../core/prediction/inputSchema'
import { closestModelSize } from '../core/prediction/modelSize'
import type { Size } from '../core/geometry'
import { useSettings } from './settingsStore'

interface FormStore {
  /** By model id. */
  readonly values: Readonly<Record<string, FieldValues>>
  /** What the backend said about single fields of the last run, by field name. */
  readonly complaints: Readonly<Record<string, string>>
  readonly setComplaints: (complaints: Readonly<Record<string, string>>) => void
}

export const useForm = create<FormStore>()((set) => ({
  values: Object.fromEntries(MODELS.map((model) => [model.id, defaultValues(model.fields)])),
  complaints: {},
  setComplaints: (complaints) => set({ complaints }),
}))

export function activeModel(): ModelDescriptor {
  return modelById(useSettings.getState().modelId)
}

export function activeValues(): FieldValues {
  return useForm.getState().values[activeModel().id] ?? {}
}

/** Changes fields of the active model; undefined blanks one. */
export function setFields(change: Readonly<Record<string, FieldValue | undefined>>): void {
  const { id } = activeModel()
  useForm.setState(({ values, complaints }) => {
    const next: Record<string, FieldValue> = { ...values[id] }
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

/** Width and height start at the pair whose shape is the picture's, so that nothing is squashed. */
export function fitModelSize(picture: Size): void {
  const { fields } = activeModel()
  const size = closestModelSize(fields, picture)
  const width = fieldByRole(fields, 'width')
  const height = fieldByRole(fields, 'height')
  if (size && width && height) setFields({ [width.name]: size.width, [height.name]: size.height })
}
