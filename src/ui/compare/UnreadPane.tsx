import { useState } from 'react'
import { ErrorText } from '../messages/ErrorText'
import { useT } from '../hooks/useT'
import { Button, buttonClass } from '../kit/Button'
import styles from './OutputPane.module.css'
import { useApp } from '../hooks/useApp'
import type { RunOutput } from '../../state/runs/runs'

interface UnreadPaneProps {
  readonly runId: string
  readonly output: RunOutput & { kind: 'failed' }
}

/**
 * An output whose pixels could not be read. If only reading is refused (CORS), it is still shown by its URL; it cannot be
 * applied or downloaded.
 */
export function UnreadPane({ runId, output }: UnreadPaneProps) {
  const app = useApp()
  const t = useT()
  const [broken, setBroken] = useState(false)
  const { error, retry, place } = output
  const name = t('compare.output', { number: place + 1 })
  const ref = retry === 'ask' ? undefined : retry?.ref
  const address = ref?.kind === 'url' && /^https?:/i.test(ref.url) ? ref.url : null
  // An error status means the file is missing; without a status the browser hid the answer (CORS).
  const shown = address !== null && !broken && error.params['reason'] === 'backend/unreachable'
  return (
    <figure className={styles.pane} aria-label={name} tabIndex={-1}>
      <figcaption>
        <strong>{name}</strong>
        {shown && <span className={styles.facts}>{t('output.displayOnly')}</span>}
      </figcaption>
      {shown && (
        <img
          className={styles.displayOnly}
          src={address}
          alt={name}
          referrerPolicy="no-referrer"
          onError={() => setBroken(true)}
        />
      )}
      <div className={styles.problem} role="alert">
        <p>{t(shown ? 'output.displayOnlyWhy' : 'output.unreadable')}</p>
        {!shown && <ErrorText error={error} />}
        <p className={styles.buttons}>
          {address !== null && (
            <a
              className={buttonClass({ small: true })}
              href={address}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t('output.open')}
            </a>
          )}
          {retry && (
            <Button small onClick={() => void app.runner.retryOutput(runId, place)}>
              {t('message.retry')}
            </Button>
          )}
        </p>
      </div>
    </figure>
  )
}
