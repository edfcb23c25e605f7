import { clsx } from 'clsx'
import { Square } from 'lucide-react'
import { useT } from '../hooks/useT'
import { useWhen } from '../hooks/useWhen'
import { GuardedButton } from '../kit/GuardedButton'
import text from '../kit/text.module.css'
import styles from './RunList.module.css'
import { runModel, runOutline, runTitle } from './runText'
import { Thumbnail } from './Thumbnail'
import { useApp, useAppState } from '../hooks/useApp'
import { runFacts } from '../../state/runs/runFacts'
import type { Run } from '../../state/runs/runs'

/** The runs as cards, newest first; a click on one shows its outputs and settings beside what is open. */
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
  const whenOf = useWhen()
  const app = useApp()
  const t = useT()
  const { record, stage } = run
  const models = useAppState((state) => state.models)
  const current = useAppState(({ view: state }) => state.view === 'compare' && state.runId === record.id)
  const coming = useAppState(({ view: state }) => state.coming === record.id)
  const facts = runFacts(record, models)
  const title = runTitle(facts, t)
  const isOn = stage !== 'done' && stage !== 'elsewhere'
  const when = whenOf(new Date(record.createdAt))
  return (
    <li className={styles.item} data-status={stage === 'done' ? record.status : 'processing'}>
      <button
        type="button"
        className={styles.card}
        title={title}
        aria-current={current ? 'true' : undefined}
        aria-busy={coming}
        onClick={() => {
          app.dialogs.closeSheet()
          void app.history.look(record.id)
        }}
      >
        <Thumbnail run={run} />
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>{' '}
          <span className={styles.outline}>{runModel(facts, t)}</span>{' '}
          <span className={styles.outline}>{runOutline(run, t).join(' · ')}</span>{' '}
          <span className={styles.end}>
            <span className={styles.status}>{cardStatus(run, t)}</span>{' '}
            <time dateTime={record.createdAt}>{when}</time>
          </span>
        </span>
        {isOn && stage !== 'unsent' && (
          <progress
            className={styles.progress}
            aria-hidden="true"
            max={1}
            {...(run.progress === null ? {} : { value: run.progress })}
          />
        )}
      </button>
      {isOn && (
        <GuardedButton
          bare
          className={styles.stop}
          aria-label={t('runs.stop', { title, time: when })}
          title={t('runs.stop', { title, time: when })}
          disabled={stage === 'canceling'}
          onPress={() => void app.runner.cancel(record.id)}
        >
          <Square aria-hidden="true" />
        </GuardedButton>
      )}
    </li>
  )
}

/** A run's state in a word or two, with its progress while it is on. */
function cardStatus({ record, stage, progress }: Run, t: ReturnType<typeof useT>): string {
  if (stage === 'elsewhere' || stage === 'unsent') return t(`stage.${stage}`)
  // Until its outputs are here, a run that has ended there is still on.
  const isSaid = stage === 'done' || record.status === 'starting' || record.status === 'processing'
  const status = t(`status.${isSaid ? record.status : 'processing'}`)
  if (stage === 'done' || progress === null) return status
  return `${status} ${t('stage.percent', { percent: Math.round(progress * 100) })}`
}
