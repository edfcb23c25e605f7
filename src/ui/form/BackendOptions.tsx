import type { BackendDescriptor } from '../../core/prediction/backend'
import { FormField } from './FormField'
import { useApp, useAppState } from '../hooks/useApp'
import { selectOptions } from '../../state/model/formSelectors'

/** A backend's own inputs. */
export function BackendOptions({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const forms = useAppState((state) => state.forms)
  const { options } = backend
  const values = selectOptions(forms, backend)
  return options.map((field) => (
    <FormField
      key={field.name}
      field={field}
      value={values[field.name]}
      complaint={undefined}
      fillsRow
      onChange={(value) => app.forms.changeOption(backend, field.name, value)}
    />
  ))
}
