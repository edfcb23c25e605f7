import type { Size } from '../../core/geometry'
import { checkField } from '../../core/prediction/fieldCheck'
import { defaultValues, fieldByRole, formFields, type FieldValue } from '../../core/prediction/inputSchema'
import type { SettingsRoom } from '../shell/settings'
import { type Forms, selectModel, selectValues } from './forms'
import { findModel } from './models'

export type ChooseModel = (id: string) => void

/**
 * Makes a function that switches to another model and carries over what fits: a field of the same role takes the
 * value, if the other model allows it. Its other fields hold what they held before.
 * @param pictureSize of the open picture, px; null where none is open
 */
export function createChooseModel(
  settings: SettingsRoom,
  forms: Forms,
  pictureSize: () => Size | null,
): ChooseModel {
  return (id) => {
    const before = forms.context()
    const from = selectModel(before)
    const to = findModel(before.models, id)
    if (to.id === from.id) return
    const values = selectValues(before)
    settings.set({ modelId: to.id, modelVersion: '' })
    const next: Record<string, FieldValue> = { ...defaultValues(to.fields), ...selectValues(forms.context()) }
    for (const field of formFields(to.fields)) {
      const twin = field.role ? fieldByRole(from.fields, field.role) : null
      const value = twin ? values[twin.name] : undefined
      if (value !== undefined && checkField(field, value) === null) next[field.name] = value
    }
    forms.setValues(next)
    const size = pictureSize()
    if (size) forms.fitSize(size)
  }
}
