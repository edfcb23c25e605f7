import { useState } from 'react'
import { selectBackend, selectModel } from '../../state/model/formSelectors'
import { selectOffer } from '../../state/model/ownServer'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import { BackendCards } from './BackendCards'
import { ConnectionTest, type Probe } from './ConnectionTest'
import { CredentialsField } from './CredentialsField'
import { DeviceModels } from './DeviceModels'
import { ModelLoader } from './ModelLoader'
import { RoleFields } from './RoleFields'
import { SavedBackends } from './SavedBackends'

const TEST_MS = 12_000

/** Chooses where to run, with the fields of that place alone. */
export function BackendDialog() {
  const app = useApp()
  const t = useT()
  const { needsUrl, needsFile, id } = useAppState(({ settings }) => selectBackend(settings))
  const offers = useAppState(({ ownServer }) => ownServer.offers)
  const [offer, setOffer] = useState(() => {
    const { ownServer, settings } = app.state.read()
    return selectOffer(ownServer, settings)?.url ?? null
  })
  return (
    <Dialog title={t('backend.title')} onClose={() => app.dialogs.open(null)}>
      <form
        className={layoutStyles.stack}
        onSubmit={(event) => {
          event.preventDefault()
          app.dialogs.open(null)
        }}
      >
        <BackendCards
          place={offer ?? id}
          // An address that is typed stays with the card that it is typed for.
          onPlace={(place) => setOffer(offers.some(({ url }) => url === place) ? place : null)}
        />
        {needsFile && <DeviceModels />}
        {needsUrl && <ServerFields isOffer={offer !== null} />}
        <DialogActions>
          <Button type="submit" primary>
            {t('backend.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** What is tested: the address, as the kind it was taken for. */
interface Test {
  readonly url: string
  readonly before: string
  readonly result: Probe
}

/** The address and what belongs to it; what this server offers has an address and a key of its own. */
function ServerFields({ isOffer }: { readonly isOffer: boolean }) {
  const app = useApp()
  const t = useT()
  const settings = useAppState((state) => state.settings)
  const { backendId, backendUrl } = settings
  const hasOwnModel = selectBackend(settings).models === 'own'
  const [tested, setTested] = useState<Test | null>(null)
  const [edited, setEdited] = useState(false)
  const hasUrl = backendUrl.trim() !== ''
  const test = async () => {
    const begun: Test = { url: backendUrl, before: backendId, result: 'testing' }
    setTested(begun)
    const result = await app.backends.check(backendUrl, AbortSignal.timeout(TEST_MS))
    setTested((now) => (now === begun ? { ...begun, result } : now))
  }
  const shown = tested?.url === backendUrl ? tested : null
  const connection = (
    <ConnectionTest
      probe={shown?.result ?? null}
      before={shown?.before ?? backendId}
      disabled={!hasUrl}
      onTest={() => void test()}
    />
  )
  return (
    <>
      {!isOffer && (
        <>
          <Field label={t('backend.url')} hint={t(hasOwnModel ? 'backend.cogUrlHint' : 'backend.urlHint')}>
            <input
              type="text"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              aria-label={t('backend.url')}
              value={backendUrl}
              onChange={(event) => {
                setEdited(true)
                app.settings.set({ backendUrl: event.target.value })
              }}
              // Leaving the field checks what answers at the address.
              onBlur={({ relatedTarget }) => {
                if (!edited || !hasUrl || shown) return
                // A result between press and release would move Done from under the pointer.
                const closing = relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit'
                if (closing) void app.backends.check(backendUrl, AbortSignal.timeout(TEST_MS))
                else void test()
              }}
            />
          </Field>
          <CredentialsField
            key={app.backends.originOf(backendUrl)}
            origin={app.backends.originOf(backendUrl)}
          />
        </>
      )}
      {connection}
      {!hasOwnModel && <VersionField />}
      {!isOffer && <SavedBackends canSave={hasUrl} />}
      <ModelLoader canLoad={hasUrl} />
      <RoleFields />
    </>
  )
}

function VersionField() {
  const app = useApp()
  const t = useT()
  const modelVersion = useAppState(({ settings }) => settings.modelVersion)
  const { version } = useAppState(selectModel)
  return (
    <Field
      label={t('backend.version')}
      hint={version && t('backend.versionHint', { version: shortVersion(version) })}
    >
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('backend.version')}
        placeholder={shortVersion(version)}
        value={modelVersion}
        onChange={(event) => app.settings.set({ modelVersion: event.target.value })}
      />
    </Field>
  )
}

/** A hash is cut to its first 12 digits; a name stays whole. */
function shortVersion(version: string): string {
  return /^[\da-f]{40,}$/.test(version) ? `${version.slice(0, 12)}…` : version
}
