import type { FieldProblem } from '../../core/prediction/fieldCheck'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import type { Translate } from '../hooks/useT'

/** A field's name: the product's word for its role, else the schema's title. */
export function fieldLabel(t: Translate, field: FieldSpec): string {
  for (const key of [`role.${field.role}`, `option.${field.name}`]) if (t.has(key)) return t(key)
  return field.title
}

/** What it does: in the product's words for its role, else the schema's description. */
export function fieldAbout(t: Translate, field: FieldSpec): string {
  for (const key of [`about.${field.role}`, `optionAbout.${field.name}`]) if (t.has(key)) return t(key)
  return field.description
}

/** A value of a choice, in the reader's language where it is one of the product's own. */
export function choiceText(t: Translate, { name }: FieldSpec, value: string | number): string {
  const key = `choice.${name}.${value}`
  return t.has(key) ? t(key) : String(value)
}

/** Its limits and default, for the line under it; empty where it has none to tell. */
export function fieldLimits(t: Translate, field: FieldSpec): string {
  const parts: string[] = []
  if (field.minimum !== null && field.maximum !== null) {
    parts.push(t('form.range', { low: field.minimum, high: field.maximum }))
  }
  if (typeof field.default === 'number') parts.push(t('form.default', { value: field.default }))
  return parts.join(' · ')
}

export function problemText(t: Translate, problem: FieldProblem): string {
  const { reason, params } = problem
  if (reason === 'out-of-range') {
    if (params['high'] === Infinity) return t('problem.at-least', params)
    if (params['low'] === -Infinity) return t('problem.at-most', params)
  }
  if (reason === 'not-allowed' && 'step' in params) return t('problem.not-allowed-step', params)
  return t(`problem.${reason}`, params)
}
