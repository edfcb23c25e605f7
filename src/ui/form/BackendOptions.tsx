import type { BackendDescriptor } from '../../core/prediction/backend'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import { selectOptions } from '../../state/model/formSelectors'
import { useApp, useAppState } from '../hooks/useApp'
import { FormField } from './FormField'
import { MoreFields } from './MoreFields'

/** A backend's own inputs. */
export function BackendOptions({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const forms = useAppState((state) => state.forms)
  const { options, foldedOptions = 0 } = backend
  const values = selectOptions(forms, backend)
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
  const shown = options.length - foldedOptions
  return (
    <>
      {options.slice(0, shown).map(draw)}
      {foldedOptions > 0 && <MoreFields>{options.slice(shown).map(draw)}</MoreFields>}
    </>
  )
}
