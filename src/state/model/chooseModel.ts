import type { Size } from '../../core/geometry'
import { checkField } from '../../core/prediction/fieldCheck'
import { fieldByRole, formFields, type FieldValue } from '../../core/prediction/inputSchema'
import type { SettingsRoom } from '../shell/settings'
import { type Forms } from './forms'
import { selectModel } from './formSelectors'
import { findModel } from './models'

export type ChooseModel = (id: string) => void

/**
 * Makes a function that switches to another model. What the user has set goes along, to the field of the same role where
 * that allows the value; all other fields hold what was set for that model before, else its own defaults.
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
    const set = before.forms.values[from.id] ?? {}
    settings.set({ modelId: to.id, modelVersion: '' })
    const carried: Record<string, FieldValue> = {}
    for (const field of formFields(to.fields)) {
      const twin = field.role ? fieldByRole(from.fields, field.role) : null
      const value = twin ? set[twin.name] : undefined
      if (value !== undefined && value !== null && checkField(field, value) === null)
        carried[field.name] = value
    }
    forms.setFields(carried)
    // The locked shape is the other model's.
    if (before.forms.keptShape !== null) forms.toggleShape()
    const size = pictureSize()
    if (size) forms.fitSize(size)
  }
}
