import type { FieldSpec } from '../../core/prediction/inputSchema'
import { choiceText, fieldLabel } from '../form/fieldText'
import { useT } from '../hooks/useT'
import { Field } from '../kit/Field'
import { Select } from '../kit/Select'
import styles from './SweepDialog.module.css'

/** One axis as it is typed. */
export interface AxisDraft {
  /** A field's name; empty for none. */
  readonly name: string
  readonly word: string
  readonly text: string
}

interface SweepAxisFieldsProps {
  readonly label: string
  readonly fields: readonly FieldSpec[]
  readonly draft: AxisDraft
  readonly canBeNone: boolean
  /** Said below the values: what none of the field's is, or a missing word. */
  readonly problem: string | null
  readonly onChange: (draft: AxisDraft) => void
}

/** Which input an axis goes through, and its values. */
export function SweepAxisFields(props: SweepAxisFieldsProps) {
  const { label, fields, draft, canBeNone, problem, onChange } = props
  const t = useT()
  const field = fields.find(({ name }) => name === draft.name)
  const none = canBeNone ? [{ value: '', text: t('sweep.none') }] : []
  const isPrompt = field?.role === 'prompt'
  const valuesLabel = t(isPrompt ? 'sweep.words' : 'sweep.values')
  return (
    <fieldset className={styles.axis}>
      <legend>{label}</legend>
      <Field label={t('sweep.input')}>
        <Select
          aria-label={label}
          value={draft.name}
          options={[...none, ...fields.map((one) => ({ value: one.name, text: fieldLabel(t, one) }))]}
          onChange={(name) => onChange({ name, word: '', text: suggested(fields, name) })}
        />
      </Field>
      {isPrompt && (
        <Field label={t('sweep.word')}>
          <input
            type="text"
            value={draft.word}
            onChange={(event) => onChange({ ...draft, word: event.target.value })}
          />
        </Field>
      )}
      {field && (
        <Field
          label={valuesLabel}
          hint={problem ?? optionsHint(field, (value) => choiceText(t, field, value))}
        >
          <input
            type="text"
            aria-label={`${label}: ${valuesLabel}`}
            aria-invalid={problem !== null}
            value={draft.text}
            onChange={(event) => onChange({ ...draft, text: event.target.value })}
          />
        </Field>
      )}
    </fieldset>
  )
}

/** All of a short list; nothing for what is typed freely. */
function suggested(fields: readonly FieldSpec[], name: string): string {
  const field = fields.find((one) => one.name === name)
  return field?.kind === 'enum' ? (field.options ?? []).join(', ') : ''
}

function optionsHint(field: FieldSpec, textOf: (value: string | number) => string): string | undefined {
  if (field.kind === 'enum') return field.options?.map(textOf).join(', ')
  return field.minimum !== null && field.maximum !== null ? `${field.minimum} – ${field.maximum}` : undefined
}
