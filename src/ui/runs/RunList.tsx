import { clsx } from 'clsx'
import { Square } from 'lucide-react'
import { useT } from '../hooks/useT'
import { GuardedButton } from '../kit/GuardedButton'
import text from '../kit/text.module.css'
import styles from './RunList.module.css'
import { Thumbnail } from './Thumbnail'
import { useApp, useAppState } from '../hooks/useApp'
import type { Run } from '../../state/runs/runs'

/** The runs as cards, newest first; a click on one opens its picture, mask, settings and outputs. */
export function RunList() {
  const t = useT()
  const runs = useAppState(({ runs: state }) => state.runs)
  if (runs.length === 0) return <p className={clsx(text.hint, styles.empty)}>{t('runs.empty')}</p>
  return (
    <ul className={styles.list} aria-label={t('runs.label')}>
      {runs.map((run) => (
        <RunCard key={run.record.id} run={run} />
      ))}
    </ul>
  )
}

function RunCard({ run }: { readonly run: Run }) {
  const app = useApp()
  const t = useT()
  const { record, stage } = run
  const locale = useAppState(({ settings: state }) => state.locale)
  const current = useAppState(({ view: state }) => state.view === 'compare' && state.runId === record.id)
  // Until its outputs are here, a run that has ended there is still on.
  const isSaid = stage === 'done' || record.status === 'starting' || record.status === 'processing'
  const status = t(
    stage === 'elsewhere' ? 'stage.elsewhere' : `status.${isSaid ? record.status : 'processing'}`,
  )
  const time = new Date(record.createdAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  return (
    <li className={styles.item} data-status={stage === 'done' ? record.status : 'processing'}>
      <button
        type="button"
        className={styles.card}
        aria-current={current ? 'true' : undefined}
        onClick={() => void app.history.open(record.id)}
      >
        <Thumbnail run={run} />
        <span className={styles.status}>{status}</span> <time dateTime={record.createdAt}>{time}</time>
      </button>
      {stage !== 'done' && stage !== 'elsewhere' && (
        <GuardedButton
          bare
          className={styles.stop}
          aria-label={t('runs.stop', { time })}
          title={t('runs.stop', { time })}
          disabled={stage === 'canceling'}
          onPress={() => void app.runner.cancel(record.id)}
        >
          <Square aria-hidden="true" />
        </GuardedButton>
      )}
    </li>
  )
}
