import { Check, Plug } from 'lucide-react'
import type { ConnectionResult, FoundBackend } from '../../state/model/backends'
import { type Translate, useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { ErrorText } from '../messages/ErrorText'
import styles from './backend.module.css'

/** The result of the connection test; null before the first. */
export type Probe = 'testing' | ConnectionResult | null

interface ConnectionTestProps {
  readonly probe: Probe
  /** The kind that was chosen when the test began. */
  readonly before: string
  readonly disabled: boolean
  readonly onTest: () => void
}

/** Asks what answers at the address, and says it. */
export function ConnectionTest({ probe, before, disabled, onTest }: ConnectionTestProps) {
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
          <Found found={probe.found} before={before} />
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

function Found({ found, before }: { readonly found: FoundBackend; readonly before: string }) {
  const t = useT()
  if (found.kind === 'unknown') return <p>{t('backend.found.unknown', { ms: found.latencyMs })}</p>
  return (
    <span className={styles.good}>
      <Check aria-hidden="true" />
      {t('backend.works', { what: foundText(found, t), ms: found.latencyMs })}{' '}
      {found.backendId !== before && t('backend.switched')}
    </span>
  )
}

function foundText({ kind, version, health }: FoundBackend, t: Translate): string {
  return t(`backend.found.${kind}`, {
    version: version ?? t('backend.oldVersion'),
    health: health ? t(`health.${health}`) : '',
    ms: '',
  })
}
