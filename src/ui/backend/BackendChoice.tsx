import type { BackendDescriptor } from '../../core/prediction/backend'
import { backendMenu } from '../../state/activeBackend'
import { chooseSaved, currentSaved, useSavedBackends } from '../../state/savedBackends'
import { useSettings } from '../../state/settingsStore'
import { useLocalized, useT } from '../hooks/useT'
import { Select } from '../kit/Select'

/** The backend of the next run: its name, or a choice once backends are saved. */
export function BackendChoice({ backend }: { readonly backend: BackendDescriptor }) {
  const t = useT()
  const localized = useLocalized()
  const { set } = useSettings()
  const saved = useSavedBackends((state) => state.saved)
  if (saved.length === 0) return <strong>{localized(backend.name)}</strong>
  const here = backendMenu().filter(({ needsUrl }) => !needsUrl)
  const current = currentSaved(saved)?.url ?? (backend.needsUrl ? 'other' : backend.id)
  return (
    <Select
      aria-label={t('backend.choose')}
      value={current}
      options={[
        ...here.map(({ id, name }) => ({ value: id, text: localized(name) })),
        ...saved.map(({ name, url }) => ({ value: url, text: name })),
        ...(current === 'other' ? [{ value: 'other', text: t('backend.other') }] : []),
      ]}
      onChange={(value) => {
        const chosen = saved.find(({ url }) => url === value)
        if (chosen) chooseSaved(chosen)
        else if (here.some(({ id }) => id === value)) set({ backendId: value })
      }}
    />
  )
}
