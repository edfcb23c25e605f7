import { Check, Plug } from 'lucide-react'
import { useState } from 'react'
import { backendMenu } from '../../state/activeBackend'
import {
  checkConnection,
  type ConnectionResult,
  tokenOrigin,
  type ProbeResult,
} from '../../state/backendSettings'
import { openDialog } from '../../state/dialogStore'
import { useSettings } from '../../state/settingsStore'
import { CredentialsField } from './CredentialsField'
import { KeptBackends } from './SavedBackends'
import { ModelLoader } from './ModelLoader'
import { RoleFields } from './RoleFields'
import { Dialog } from '../kit/Dialog'
import { ErrorText } from '../app/Messages'
import { type Translate, useLocalized, useT } from '../hooks/useT'
import { findModel } from '../../state/modelStore'

/** Where predictions are made: on this device, or at an address of the user's choice. */
export function BackendDialog() {
  const t = useT()
  const localized = useLocalized()
  const settings = useSettings()
  const { backendId, backendUrl, modelId, modelVersion, set } = settings
  const backends = backendMenu()
  const [probe, setProbe] = useState<{ readonly url: string; readonly result: Probe } | null>(null)
  const [edited, setEdited] = useState(false)
  const test = () => {
    const url = backendUrl
    const show = (result: Probe) => setProbe((now) => (now && now.url !== url ? now : { url, result }))
    setProbe({ url, result: 'testing' })
    void checkConnection(url, AbortSignal.timeout(12_000)).then(show)
  }
  const { version } = findModel(modelId)
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
            onChange={(event) => {
              setEdited(true)
              set({ backendUrl: event.target.value, backendId: urlBackend(backends, backendId) })
            }}
            // One address is enough: what answers there is found out when the field is left.
            onBlur={({ relatedTarget }) => {
              if (!edited || !needsUrl || backendUrl.trim() === '' || probe?.url === backendUrl) return
              // A result that came between press and release would move Done away from under the pointer.
              const closing = relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit'
              if (closing) void checkConnection(backendUrl, AbortSignal.timeout(12_000))
              else test()
            }}
          />
          <span className="hint">{t('backend.urlHint')}</span>
        </label>
        <CredentialsField key={tokenOrigin(backendUrl)} origin={tokenOrigin(backendUrl)} />
        <label className="stack-field">
          <span>{t('backend.version')}</span>
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            aria-label={t('backend.version')}
            placeholder={version}
            value={modelVersion}
            onChange={(event) => set({ modelVersion: event.target.value })}
          />
          <span className="hint">
            {version && t('backend.versionHint', { version: shortVersion(version) })}
          </span>
        </label>
        <ConnectionTest
          probe={probe?.url === backendUrl ? probe.result : null}
          disabled={!needsUrl || backendUrl.trim() === ''}
          onTest={test}
        />
        <KeptBackends canKeep={needsUrl && backendUrl.trim() !== ''} />
        {needsUrl && <ModelLoader canLoad={backendUrl.trim() !== ''} />}
        {needsUrl && <RoleFields />}
        <div className="dialog-actions">
          <button type="submit" className="button primary">
            {t('backend.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** A hash by its beginning; a name whole. */
function shortVersion(version: string): string {
  return /^[\da-f]{40,}$/.test(version) ? `${version.slice(0, 12)}…` : version
}

function urlBackend(backends: ReturnType<typeof backendMenu>, current: string): string {
  const chosen = backends.find(({ id }) => id === current)
  return (chosen?.needsUrl ? chosen : backends.find(({ needsUrl }) => needsUrl))?.id ?? current
}

/** What answers at the address; null before it was asked. */
type Probe = 'testing' | ConnectionResult | null

function ConnectionTest({
  probe,
  disabled,
  onTest,
}: {
  readonly probe: Probe
  readonly disabled: boolean
  readonly onTest: () => void
}) {
  const t = useT()
  return (
    <div className="connection">
      <button type="button" className="button" disabled={disabled || probe === 'testing'} onClick={onTest}>
        <Plug aria-hidden="true" />
        {t('backend.test')}
      </button>
      <div role="status" className="connection-result">
        {probe === 'testing' && t('backend.testing')}
        {typeof probe === 'object' && probe?.kind === 'works' && (
          <span className="good">
            <Check aria-hidden="true" /> {foundText(probe.found, t)}.{' '}
            {t('backend.works', { ms: probe.found.latencyMs })}
          </span>
        )}
        {typeof probe === 'object' && probe?.kind === 'fails' && (
          <div className="bad">
            <ErrorText error={probe.error} />
          </div>
        )}
      </div>
    </div>
  )
}

function foundText({ kind, version, health }: ProbeResult, t: Translate): string {
  return t(`backend.found.${kind}`, {
    version: version ?? '',
    health: health ? t(`health.${health}`) : '',
  })
}
