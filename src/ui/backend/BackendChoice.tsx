import type { BackendDescriptor } from '../../core/prediction/backend'
import { useLocalized, useT } from '../hooks/useT'
import { Select } from '../kit/Select'
import { useApp, useAppState } from '../hooks/useApp'
import { BACKEND_MENU, selectSaved } from '../../state/model/backends'

/** Where the next run goes: said, or a choice once backends are saved. */
export function BackendChoice({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const saved = useAppState(({ backends }) => backends.saved)
  const named = useAppState(({ backends, settings }) => selectSaved(backends, settings))
  const backendUrl = useAppState(({ settings }) => settings.backendUrl)
  const here = BACKEND_MENU.filter(({ needsUrl }) => !needsUrl)
  const current = named?.url ?? (backend.needsUrl ? 'other' : backend.id)
  if (saved.length === 0) {
    if (!backend.needsUrl) return <strong>{t('run.here')}</strong>
    return (
      <>
        {t('run.where')} <strong>{app.backends.hostOf(backendUrl) || localized(backend.name)}</strong>
      </>
    )
  }
  return (
    <>
      {t('run.where')}{' '}
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
          if (chosen) app.backends.choose(chosen)
          else if (here.some(({ id }) => id === value)) app.settings.set({ backendId: value })
        }}
      />
    </>
  )
}
