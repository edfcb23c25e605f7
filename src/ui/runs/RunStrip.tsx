import { ChevronDown, ChevronUp, Square } from 'lucide-react'
import { cancelRun } from '../../state/runController'
import { openRun } from '../../state/runHistory'
import { type Run, useRuns } from '../../state/runsStore'
import { useSettings } from '../../state/settingsStore'
import { useCompare } from '../../state/compareStore'
import { IconButton } from '../kit/IconButton'
import { useT } from '../hooks/useT'
import { Thumbnail } from './Thumbnail'

/** The runs, newest first; one click brings everything of a run back. */
export function RunStrip() {
  const t = useT()
  const { runsOpen, set } = useSettings()
  return (
    <section className={`run-strip${runsOpen ? '' : ' closed'}`} aria-label={t('runs.label')}>
      <header>
        <h2>{t('runs.label')}</h2>
        <IconButton
          icon={runsOpen ? ChevronDown : ChevronUp}
          label={runsOpen ? t('runs.hide') : t('runs.show')}
          onClick={() => set({ runsOpen: !runsOpen })}
        />
      </header>
      {runsOpen && <RunList />}
    </section>
  )
}

export function RunList() {
  const t = useT()
  const runs = useRuns((state) => state.runs)
  if (runs.length === 0) return <p className="hint runs-empty">{t('runs.empty')}</p>
  return (
    <ul className="run-list" aria-label={t('runs.label')}>
      {runs.map((run) => (
        <RunCard key={run.record.id} run={run} />
      ))}
    </ul>
  )
}

function RunCard({ run }: { readonly run: Run }) {
  const t = useT()
  const { record, stage } = run
  const locale = useSettings((state) => state.locale)
  const current = useCompare((state) => state.view === 'compare' && state.runId === record.id)
  const status =
    stage === 'done'
      ? t(`status.${record.status}`)
      : t(stage === 'elsewhere' ? 'stage.elsewhere' : 'status.processing')
  const time = new Date(record.createdAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  return (
    <li className="run-item">
      <button
        type="button"
        className={`run-card ${stage === 'done' ? record.status : 'processing'}`}
        aria-current={current ? 'true' : undefined}
        onClick={() => void openRun(record.id)}
      >
        <Thumbnail run={run} />
        <span className="run-card-status">{status}</span> <time dateTime={record.createdAt}>{time}</time>
      </button>
      {stage !== 'done' && stage !== 'elsewhere' && (
        <button
          type="button"
          className="run-stop"
          aria-label={t('runs.stop', { time })}
          title={t('runs.stop', { time })}
          disabled={stage === 'canceling'}
          onClick={() => void cancelRun(record.id)}
        >
          <Square aria-hidden="true" />
        </button>
      )}
    </li>
  )
}
