import type { BackendDescriptor } from '../../core/prediction/backend'
import { changeOption, optionValues, useForm } from '../../state/formStore'
import { useT } from '../hooks/useT'
import { FormField } from './FormField'
import styles from './field.module.css'

/** The inputs that are the backend's own, whatever the model: the first in the form, the rest under "advanced". */
export function BackendOptions({ backend }: { readonly backend: BackendDescriptor }) {
  const t = useT()
  useForm((state) => state.values)
  const [first, ...rest] = backend.options
  if (!first) return null
  const values = optionValues(backend)
  const draw = (field: typeof first) => (
    <FormField
      key={field.name}
      field={field}
      value={values[field.name]}
      complaint={undefined}
      unused={false}
      onChange={(value) => changeOption(backend, field.name, value)}
    />
  )
  return (
    <>
      {draw(first)}
      {rest.length > 0 && (
        <details className={styles.wide}>
          <summary>{t('form.advanced')}</summary>
          {rest.map(draw)}
        </details>
      )}
    </>
  )
}
