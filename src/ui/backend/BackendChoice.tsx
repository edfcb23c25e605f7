import type { ReactNode } from 'react'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { useLocalized, useT } from '../hooks/useT'
import { Select } from '../kit/Select'
import { useApp, useAppState } from '../hooks/useApp'
import { BACKEND_MENU, selectSaved } from '../../state/model/backends'
import { selectOffer } from '../../state/model/ownServer'

interface BackendChoiceProps {
  readonly backend: BackendDescriptor
  /** Leads to all of its settings. */
  readonly children: ReactNode
}

/** Where the next run goes: said, or a choice once backends are saved or this server offers one. */
export function BackendChoice({ backend, children }: BackendChoiceProps) {
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
    const isFill = !backend.needsUrl && !backend.needsFile
    const name = <strong>{(backend.needsUrl && host) || localized(backend.name)}</strong>
    return (
      <>
        {isFill ? (
          <strong>{t('run.here')}</strong>
        ) : (
          <span>
            {t('run.where')} {name}
          </span>
        )}
        {children}
      </>
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
      {children}
      <Select
        aria-label={t('backend.choose')}
        value={current}
        options={[
          ...here.map(({ id, name, needsFile }) => ({
            value: id,
            text: needsFile ? localized(name) : t('run.device'),
          })),
          ...unnamed.map((offer) => ({ value: offer.url, text: localized(offer.name) })),
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
