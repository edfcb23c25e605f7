import { clsx } from 'clsx'
import { memo, useId } from 'react'
import { checkField, MAX_TEXT_CODE_POINTS } from '../../core/prediction/fieldCheck'
import { type FieldSpec, type FieldValue } from '../../core/prediction/inputSchema'
import { useT } from '../hooks/useT'
import { fieldAbout, fieldLabel, fieldLimits, problemText } from './fieldText'
import { hasSlider } from './widgets/NumberWidget'
import { widgetFor } from './widgetRegistry'
import styles from './field.module.css'
import { LinkButton } from '../kit/Button'
import { useApp } from '../hooks/useApp'

interface FormFieldProps {
  readonly field: FieldSpec
  readonly value: FieldValue | undefined
  /** The backend's complaint about the value. */
  readonly complaint: string | undefined
  /** Takes the whole row, whatever its kind. */
  readonly fillsRow?: boolean
  /** Called instead of changing the model's field. */
  readonly onChange?: (value: FieldValue | undefined) => void
}

export const FormField = memo(function FormField({
  field,
  value,
  complaint,
  fillsRow,
  onChange,
}: FormFieldProps) {
  const app = useApp()
  const t = useT()
  const id = useId()
  const problem = checkField(field, value)
  const { component: Widget } = widgetFor(field)
  const wide =
    fillsRow ||
    ['string', 'boolean', 'secret', 'json', 'file', 'enum'].includes(field.kind) ||
    field.role === 'seed' ||
    hasSlider(field)
  const length = field.kind === 'string' ? Array.from(String(value ?? '')).length : 0
  const limits = fieldLimits(t, field)
  const change = onChange ?? ((next: FieldValue | undefined) => app.forms.changeField(field, next))
  // The model's own prompt is shown in the empty field, and sent only if it is taken.
  const isEmptyPrompt = field.role === 'prompt' && (value ?? '') === ''
  const example = isEmptyPrompt && typeof field.default === 'string' ? field.default : ''
  return (
    <div
      className={clsx(styles.field, wide && styles.wide, field.kind === 'boolean' && styles.boolean)}
      data-field={field.name}
      data-role={field.role}
    >
      <label htmlFor={id} title={field.description}>
        {fieldLabel(t, field)}
      </label>
      <Widget
        field={field}
        value={value}
        onChange={change}
        id={id}
        describedBy={`${id}-about ${id}-problem`}
        invalid={problem !== null || complaint !== undefined}
      />
      <p className={styles.about} id={`${id}-about`}>
        {fieldAbout(t, field)} {limits}
        {example !== '' && <LinkButton onClick={() => change(example)}>{t('form.takeExample')}</LinkButton>}
        {length > MAX_TEXT_CODE_POINTS * 0.8 && (
          <span> {t('form.count', { length, most: MAX_TEXT_CODE_POINTS })}</span>
        )}
      </p>
      <p className={styles.problem} id={`${id}-problem`} aria-live="polite">
        {problem ? problemText(t, problem) : complaint}
      </p>
    </div>
  )
})
