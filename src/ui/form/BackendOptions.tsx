import type { BackendDescriptor } from '../../core/prediction/backend'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import { useT } from '../hooks/useT'
import { FormField } from './FormField'
import styles from './field.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectOptions } from '../../state/model/forms'

/** A backend's own inputs: those with a role and the first other one in the form, the rest under "Advanced". */
export function BackendOptions({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const t = useT()
  const forms = useAppState((state) => state.forms)
  const { options } = backend
  const values = selectOptions(forms, backend)
  const firstOther = options.find(({ role }) => role === null)
  const shown = options.filter((field) => field.role !== null || field === firstOther)
  const advanced = options.filter((field) => !shown.includes(field))
  const draw = (field: FieldSpec) => (
    <FormField
      key={field.name}
      field={field}
      value={values[field.name]}
      complaint={undefined}
      fillsRow
      onChange={(value) => app.forms.changeOption(backend, field.name, value)}
    />
  )
  return (
    <>
      {shown.map(draw)}
      {advanced.length > 0 && (
        <details className={styles.wide}>
          <summary>{t('form.advanced')}</summary>
          {advanced.map(draw)}
        </details>
      )}
    </>
  )
}
