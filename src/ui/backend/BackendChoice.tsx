import type { BackendDescriptor } from '../../core/prediction/backend'
import { backendMenu } from '../../state/activeBackend'
import { chooseSaved, currentSaved, useSavedBackends } from '../../state/savedBackends'
import { useSettings } from '../../state/settingsStore'
import { useLocalized, useT } from '../hooks/useT'

/** Where the next run goes: a name; where backends are kept, a choice among them and those of this device. */
export function BackendChoice({ backend }: { readonly backend: BackendDescriptor }) {
  const t = useT()
  const localized = useLocalized()
  const { set } = useSettings()
  const saved = useSavedBackends((state) => state.saved)
  if (saved.length === 0) return <strong>{localized(backend.name)}</strong>
  const here = backendMenu().filter(({ needsUrl }) => !needsUrl)
  const current = currentSaved(saved)?.url ?? (backend.needsUrl ? 'other' : backend.id)
  return (
    <select
      aria-label={t('backend.choose')}
      value={current}
      onChange={(event) => {
        const { value } = event.target
        const chosen = saved.find(({ url }) => url === value)
        if (chosen) chooseSaved(chosen)
        else if (here.some(({ id }) => id === value)) set({ backendId: value })
      }}
    >
      {here.map(({ id, name }) => (
        <option key={id} value={id}>
          {localized(name)}
        </option>
      ))}
      {saved.map(({ name, url }) => (
        <option key={url} value={url}>
          {name}
        </option>
      ))}
      {current === 'other' && <option value="other">{t('backend.other')}</option>}
    </select>
  )
}
