import { clsx } from 'clsx'
import { memo, useId } from 'react'
import { checkField, MAX_TEXT_CODE_POINTS } from '../../core/prediction/fieldCheck'
import { type FieldSpec, type FieldValue } from '../../core/prediction/inputSchema'
import { changeField } from '../../state/formStore'
import { useT } from '../hooks/useT'
import { fieldAbout, fieldLabel, fieldLimits, problemText } from './fieldText'
import { hasSlider } from './widgets/NumberWidget'
import { widgetFor } from './widgetRegistry'
import styles from './field.module.css'

interface FormFieldProps {
  readonly field: FieldSpec
  readonly value: FieldValue | undefined
  /** The backend's complaint about the value. */
  readonly complaint: string | undefined
  /** The chosen backend ignores the field. */
  readonly unused: boolean
  /** Replaces the change of the model's field. */
  readonly onChange?: (value: FieldValue | undefined) => void
}

export const FormField = memo(function FormField({
  field,
  value,
  complaint,
  unused,
  onChange,
}: FormFieldProps) {
  const t = useT()
  const id = useId()
  const problem = checkField(field, value)
  const { component: Widget } = widgetFor(field)
  const wide =
    ['string', 'boolean', 'secret', 'json', 'file', 'enum'].includes(field.kind) ||
    field.role === 'seed' ||
    hasSlider(field)
  const length = field.kind === 'string' ? Array.from(String(value ?? '')).length : 0
  const limits = fieldLimits(t, field)
  return (
    <div
      className={clsx(
        styles.field,
        wide && styles.wide,
        field.kind === 'boolean' && styles.boolean,
        unused && styles.unused,
      )}
      data-field={field.name}
    >
      <label htmlFor={id} title={field.description}>
        {fieldLabel(t, field)}
      </label>
      {unused && (
        <span className={styles.unusedNote} id={`${id}-unused`} title={t('form.unusedWhy')}>
          {t('form.unused')}
        </span>
      )}
      <Widget
        field={field}
        value={value}
        onChange={onChange ?? ((next) => changeField(field, next))}
        id={id}
        describedBy={`${unused ? `${id}-unused ` : ''}${id}-about ${id}-problem`}
        invalid={problem !== null || complaint !== undefined}
      />
      <p className={styles.about} id={`${id}-about`}>
        {unused ? '' : fieldAbout(t, field)} {limits}
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
