import { Check, Plug } from 'lucide-react'
import { useState } from 'react'
import { modelById } from '../../core/models/modelRegistry'
import { backendMenu } from '../../state/activeBackend'
import {
  checkConnection,
  type ConnectionResult,
  keepToken,
  removeToken,
  storeToken,
  tokenHint,
  tokenOrigin,
} from '../../state/backendSettings'
import { openDialog } from '../../state/dialogStore'
import { useSettings } from '../../state/settingsStore'
import { Dialog } from '../kit/Dialog'
import { ErrorText } from '../kit/Messages'
import { useLocalized, useT } from '../useT'

/** Where predictions are made: on this device, or at an address of the user's choice. */
export function BackendDialog() {
  const t = useT()
  const localized = useLocalized()
  const settings = useSettings()
  const { backendId, backendUrl, modelId, modelVersion, set } = settings
  const backends = backendMenu()
  const needsUrl = backends.find(({ id }) => id === backendId)?.needsUrl ?? false
  return (
    <Dialog title={t('backend.title')} onClose={() => openDialog(null)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          openDialog(null)
        }}
      >
        <fieldset className="choices">
          <legend>{t('backend.where')}</legend>
          {backends.map((backend) => (
            // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- its text is a descriptor's name
            <label key={backend.id} className="choice" htmlFor={`backend-${backend.id}`}>
              <input
                id={`backend-${backend.id}`}
                type="radio"
                name="backend"
                value={backend.id}
                checked={backend.id === backendId}
                onChange={() => set({ backendId: backend.id })}
              />
              <span>
                <strong>{localized(backend.name)}</strong>
                <span className="hint">{localized(backend.description)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="stack-field">
          <span>{t('backend.url')}</span>
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            aria-label={t('backend.url')}
            value={backendUrl}
            // Whoever types an address wants it used.
            onChange={(event) =>
              set({ backendUrl: event.target.value, backendId: urlBackend(backends, backendId) })
            }
          />
          <span className="hint">{t('backend.urlHint')}</span>
        </label>
        <TokenField key={tokenOrigin(backendUrl)} origin={tokenOrigin(backendUrl)} />
        <label className="stack-field">
          <span>{t('backend.version')}</span>
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            aria-label={t('backend.version')}
            placeholder={modelById(modelId).version}
            value={modelVersion}
            onChange={(event) => set({ modelVersion: event.target.value })}
          />
          <span className="hint">
            {t('backend.versionHint', { version: `${modelById(modelId).version.slice(0, 12)}…` })}
          </span>
        </label>
        <ConnectionTest url={backendUrl} disabled={!needsUrl} key={backendUrl} />
        <div className="dialog-actions">
          <button type="submit" className="button primary">
            {t('backend.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function urlBackend(backends: ReturnType<typeof backendMenu>, current: string): string {
  const chosen = backends.find(({ id }) => id === current)
  return (chosen?.needsUrl ? chosen : backends.find(({ needsUrl }) => needsUrl))?.id ?? current
}

/** The token of one origin. It is stored when the field is left, and never shown again but for its end. */
function TokenField({ origin }: { readonly origin: string | null }) {
  const t = useT()
  const [draft, setDraft] = useState('')
  const [keep, setKeep] = useState(() => tokenHint(origin)?.kept ?? false)
  const stored = tokenHint(origin)
  return (
    <div className="stack-field">
      <label className="stack-field">
        <span>{t('backend.token')}</span>
        <input
          type="password"
          autoComplete="off"
          aria-label={t('backend.token')}
          value={draft}
          disabled={origin === null}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            if (origin !== null && draft.trim() !== '') storeToken(origin, draft.trim(), keep)
          }}
        />
        <span className="hint">
          {stored && draft === '' && `${t('backend.tokenSet', { end: stored.end })} `}
          {origin !== null && t('backend.tokenHint', { origin })}
        </span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={keep}
          disabled={origin === null}
          onChange={(event) => {
            setKeep(event.target.checked)
            if (origin !== null) keepToken(origin, event.target.checked)
          }}
        />
        <span>
          {t('backend.keep')}
          <span className="hint">{t('backend.keepHint')}</span>
        </span>
      </label>
      {stored && origin !== null && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            removeToken(origin)
            setDraft('')
            setKeep(false)
          }}
        >
          {t('backend.forget')}
        </button>
      )}
    </div>
  )
}

function ConnectionTest({ url, disabled }: { readonly url: string; readonly disabled: boolean }) {
  const t = useT()
  const [state, setState] = useState<'idle' | 'testing' | ConnectionResult>('idle')
  const test = () => {
    setState('testing')
    void checkConnection(url, AbortSignal.timeout(12_000)).then(setState)
  }
  return (
    <div className="connection">
      <button
        type="button"
        className="button"
        disabled={disabled || url.trim() === '' || state === 'testing'}
        onClick={test}
      >
        <Plug aria-hidden="true" />
        {t('backend.test')}
      </button>
      <div role="status" className="connection-result">
        {state === 'testing' && t('backend.testing')}
        {typeof state === 'object' && state.kind === 'works' && (
          <span className="good">
            <Check aria-hidden="true" /> {t('backend.works', { ms: state.latencyMs })}
          </span>
        )}
        {typeof state === 'object' && state.kind === 'fails' && (
          <div className="bad">
            <ErrorText error={state.error} />
          </div>
        )}
      </div>
    </div>
  )
}
