import { checkField } from '../core/prediction/fieldCheck'
import { defaultValues, fieldByRole, formFields, type FieldValue } from '../core/prediction/inputSchema'
import { activeModel, activeValues, fillForm, fitModelSize } from './formStore'
import { findModel } from './modelStore'
import { useSession } from './sessionStore'
import { useSettings } from './settingsStore'

/**
 * Switches to another model and takes along what fits: a field of the same role takes the value, if it is one that
 * the other model allows. What the other model's form held before stays in its other fields.
 */
export function chooseModel(id: string): void {
  const from = activeModel()
  const to = findModel(id)
  if (to.id === from.id) return
  const values = activeValues()
  useSettings.getState().set({ modelId: to.id, modelVersion: '' })
  const next: Record<string, FieldValue> = { ...defaultValues(to.fields), ...activeValues() }
  for (const field of formFields(to.fields)) {
    const twin = field.role ? fieldByRole(from.fields, field.role) : null
    const value = twin ? values[twin.name] : undefined
    if (value !== undefined && checkField(field, value) === null) next[field.name] = value
  }
  fillForm(next)
  const { source } = useSession.getState()
  if (source) fitModelSize(source.pixels)
}
