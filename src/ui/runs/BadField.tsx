import { runFields, selectBackend, selectModel } from '../../state/model/formSelectors'
import { fieldLabel } from '../form/fieldText'
import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'

/** Says which field keeps Run from starting. @param name as the schema calls it */
export function BadField({ name }: { readonly name: string }) {
  const t = useT()
  const model = useAppState(selectModel)
  const backend = useAppState(({ settings }) => selectBackend(settings))
  const field = runFields(backend, model).find((one) => one.name === name)
  return t('obstacle.bad-field', { field: field ? fieldLabel(t, field) : name })
}
