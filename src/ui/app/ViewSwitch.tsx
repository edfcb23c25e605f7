import { showCompare, showEdit, useCompare } from '../../state/compareStore'
import { useRuns } from '../../state/runsStore'
import { useT } from '../hooks/useT'

/** The two views of the middle. */
export function ViewSwitch() {
  const t = useT()
  const { view, runId } = useCompare()
  const hasOutputs = useRuns((state) =>
    state.runs.some((run) => run.record.id === runId && run.outputs.length > 0),
  )
  const comparing = view === 'compare' && hasOutputs
  return (
    <div className="view-switch" role="group" aria-label={t('compare.view')}>
      <button type="button" aria-pressed={!comparing} onClick={showEdit}>
        {t('compare.editView')}
      </button>
      <button
        type="button"
        aria-pressed={comparing}
        disabled={!hasOutputs}
        onClick={() => {
          if (runId) showCompare(runId)
        }}
      >
        {t('compare.label')}
      </button>
    </div>
  )
}
