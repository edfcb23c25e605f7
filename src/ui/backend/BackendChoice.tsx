import type { BackendDescriptor } from '../../core/prediction/backend'
import { useLocalized, useT } from '../hooks/useT'
import { Select } from '../kit/Select'
import { useApp, useAppState } from '../hooks/useApp'
import { BACKEND_MENU, selectSaved } from '../../state/model/backends'
import { selectOffer } from '../../state/model/ownServer'
import { offerName } from './offerName'

/** Where the next run goes: said, or a choice once backends are saved or this server offers one. */
export function BackendChoice({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const saved = useAppState(({ backends }) => backends.saved)
  const offers = useAppState(({ ownServer }) => ownServer.offers)
  const named = useAppState(
    ({ ownServer, backends, settings }) =>
      selectOffer(ownServer, settings) ?? selectSaved(backends, settings),
  )
  const hasModel = useAppState(({ settings }) => settings.deviceModel !== '')
  const backendUrl = useAppState(({ settings }) => settings.backendUrl)
  const host = app.backends.hostOf(backendUrl)
  if (saved.length === 0 && offers.length === 0) {
    if (!backend.needsUrl && !backend.needsFile) return <strong>{t('run.here')}</strong>
    return (
      <span>
        {t('run.where')} <strong>{(backend.needsUrl && host) || localized(backend.name)}</strong>
      </span>
    )
  }
  const here = BACKEND_MENU.filter(
    ({ id, needsUrl, needsFile }) => !needsUrl && (!needsFile || hasModel || id === backend.id),
  )
  const current = named?.url ?? (backend.needsUrl ? 'other' : backend.id)
  // A saved one at the same path has the name that the user gave it.
  const unnamed = offers.filter(({ url }) => !saved.some((one) => one.url === url))
  return (
    <>
      <span>{t('run.where')}</span>
      <Select
        aria-label={t('backend.choose')}
        value={current}
        options={[
          ...here.map(({ id, name, needsFile }) => ({
            value: id,
            text: needsFile ? localized(name) : t('run.device'),
          })),
          ...unnamed.map((offer) => ({ value: offer.url, text: offerName(t, offer) })),
          ...saved.map(({ name, url }) => ({ value: url, text: name })),
          ...(current === 'other' ? [{ value: 'other', text: host || t('backend.other') }] : []),
        ]}
        onChange={(value) => {
          const chosen = [...saved, ...offers].find(({ url }) => url === value)
          if (chosen) app.backends.choose(chosen)
          else if (here.some(({ id }) => id === value)) app.settings.set({ backendId: value })
        }}
      />
    </>
  )
}
