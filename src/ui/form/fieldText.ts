import type { FieldProblem } from '../../core/prediction/fieldCheck'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import type { Translate } from '../hooks/useT'

/** A field's name: the product's word for its role, else the schema's title. */
export function fieldLabel(t: Translate, field: FieldSpec): string {
  for (const key of [`role.${field.role}`, `option.${field.name}`]) if (t.has(key)) return t(key)
  return t.model(field.title)
}

/** A field's explanation: the product's words for its role, else the schema's description. */
export function fieldAbout(t: Translate, field: FieldSpec): string {
  for (const key of [`about.${field.role}`, `optionAbout.${field.name}`]) if (t.has(key)) return t(key)
  return t.model(field.description)
}

/** An option's text: in the product's words where it has some, else the value itself. */
export function choiceText(t: Translate, { name }: FieldSpec, value: string | number): string {
  const key = `choice.${name}.${value}`
  return t.has(key) ? t(key) : t.model(String(value))
}

/** What the model takes for an empty text; undefined where it has no default. */
export function presetText(t: Translate, { default: preset }: FieldSpec): string | undefined {
  return typeof preset === 'string' && preset !== '' ? t.model(preset) : undefined
}

/** A field's range and default, for the line below it; empty if it has neither. */
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
