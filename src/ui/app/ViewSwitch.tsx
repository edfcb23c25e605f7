import { showCompare, showEdit, useCompare } from '../../state/compareStore'
import { useRuns } from '../../state/runsStore'
import { useT } from '../hooks/useT'
import { ButtonGroup } from '../kit/ButtonGroup'

/** The two views of the middle. */
export function ViewSwitch() {
  const t = useT()
  const { view, runId } = useCompare()
  const hasOutputs = useRuns((state) =>
    state.runs.some((run) => run.record.id === runId && run.outputs.length > 0),
  )
  return (
    <ButtonGroup
      label={t('compare.view')}
      value={view === 'compare' && hasOutputs ? 'compare' : 'edit'}
      options={[
        { value: 'edit', text: t('compare.editView') },
        { value: 'compare', text: t('compare.label'), disabled: !hasOutputs },
      ]}
      onChange={(value) => {
        if (value === 'edit') showEdit()
        else if (runId) showCompare(runId)
      }}
    />
  )
}
