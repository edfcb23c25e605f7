import { Check, Plug } from 'lucide-react'
import { useState } from 'react'
import { CredentialsField } from './CredentialsField'
import { SavedBackends } from './SavedBackends'
import { ModelLoader } from './ModelLoader'
import { RoleFields } from './RoleFields'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import styles from './backend.module.css'
import { ErrorText } from '../messages/ErrorText'
import { type Translate, useLocalized, useT } from '../hooks/useT'
import { useApp, useAppState } from '../hooks/useApp'
import { BACKEND_MENU, type ConnectionResult, type FoundBackend } from '../../state/model/backends'
import { selectBackend, selectModel } from '../../state/model/forms'

/** Chooses where predictions are made: on this device, or at a server's address. */
export function BackendDialog() {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const settings = useAppState((state) => state.settings)
  const { backendId, backendUrl, modelVersion } = settings
  const [probe, setProbe] = useState<{ readonly url: string; readonly result: Probe } | null>(null)
  const [edited, setEdited] = useState(false)
  const test = () => {
    const url = backendUrl
    const show = (result: Probe) => setProbe((now) => (now && now.url !== url ? now : { url, result }))
    setProbe({ url, result: 'testing' })
    void app.backends.check(url, AbortSignal.timeout(12_000)).then(show)
  }
  const { version } = useAppState(selectModel)
  const { needsUrl } = selectBackend(settings)
  return (
    <Dialog title={t('backend.title')} onClose={() => app.dialogs.open(null)}>
      <form
        className={layoutStyles.stack}
        onSubmit={(event) => {
          event.preventDefault()
          app.dialogs.open(null)
        }}
      >
        <fieldset className={layoutStyles.choices}>
          <legend>{t('backend.where')}</legend>
          {BACKEND_MENU.map((backend) => (
            // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- its text is a descriptor's name
            <label key={backend.id} className={layoutStyles.check} htmlFor={`backend-${backend.id}`}>
              <input
                id={`backend-${backend.id}`}
                type="radio"
                name="backend"
                value={backend.id}
                checked={backend.id === backendId}
                onChange={() => app.settings.set({ backendId: backend.id })}
              />
              <span>
                <strong>{localized(backend.name)}</strong>
                <span className={text.hint}>{localized(backend.description)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field label={t('backend.url')} hint={t('backend.urlHint')}>
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            aria-label={t('backend.url')}
            value={backendUrl}
            // Typing an address chooses the backend that uses it.
            onChange={(event) => {
              setEdited(true)
              app.settings.set({ backendUrl: event.target.value, backendId: urlBackend(backendId) })
            }}
            // Leaving the field checks what answers at the address.
            onBlur={({ relatedTarget }) => {
              if (!edited || !needsUrl || backendUrl.trim() === '' || probe?.url === backendUrl) return
              // A result between press and release would move Done from under the pointer.
              const closing = relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit'
              if (closing) void app.backends.check(backendUrl, AbortSignal.timeout(12_000))
              else test()
            }}
          />
        </Field>
        <CredentialsField
          key={app.backends.originOf(backendUrl)}
          origin={app.backends.originOf(backendUrl)}
        />
        <Field
          label={t('backend.version')}
          hint={version && t('backend.versionHint', { version: shortVersion(version) })}
        >
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            aria-label={t('backend.version')}
            placeholder={version}
            value={modelVersion}
            onChange={(event) => app.settings.set({ modelVersion: event.target.value })}
          />
        </Field>
        <ConnectionTest
          probe={probe?.url === backendUrl ? probe.result : null}
          disabled={!needsUrl || backendUrl.trim() === ''}
          onTest={test}
        />
        <SavedBackends canSave={needsUrl && backendUrl.trim() !== ''} />
        {needsUrl && <ModelLoader canLoad={backendUrl.trim() !== ''} />}
        {needsUrl && <RoleFields />}
        <DialogActions>
          <Button type="submit" primary>
            {t('backend.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** A hash is cut to its first 12 digits; a name stays whole. */
function shortVersion(version: string): string {
  return /^[\da-f]{40,}$/.test(version) ? `${version.slice(0, 12)}…` : version
}

function urlBackend(current: string): string {
  const chosen = BACKEND_MENU.find(({ id }) => id === current)
  return (chosen?.needsUrl ? chosen : BACKEND_MENU.find(({ needsUrl }) => needsUrl))?.id ?? current
}

/** The result of the connection test; null before the first. */
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
    <div className={styles.connection}>
      <Button disabled={disabled || probe === 'testing'} onClick={onTest}>
        <Plug aria-hidden="true" />
        {t('backend.test')}
      </Button>
      <div role="status" className={styles.result}>
        {probe === 'testing' && t('backend.testing')}
        {typeof probe === 'object' && probe?.kind === 'works' && (
          <span className={styles.good}>
            <Check aria-hidden="true" /> {foundText(probe.found, t)}.{' '}
            {t('backend.works', { ms: probe.found.latencyMs })}
          </span>
        )}
        {typeof probe === 'object' && probe?.kind === 'fails' && (
          <div className={styles.bad}>
            <ErrorText error={probe.error} />
          </div>
        )}
      </div>
    </div>
  )
}

function foundText({ kind, version, health }: FoundBackend, t: Translate): string {
  return t(`backend.found.${kind}`, {
    version: version ?? t('backend.oldVersion'),
    health: health ? t(`health.${health}`) : '',
  })
}
