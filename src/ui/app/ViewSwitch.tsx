import { useT } from '../hooks/useT'
import { ButtonGroup } from '../kit/ButtonGroup'
import { useApp, useAppState } from '../hooks/useApp'
import { selectHasOutputs } from '../../state/runs/selection'

/** The two views of the middle. */
export function ViewSwitch() {
  const app = useApp()
  const t = useT()
  const { view, runId } = useAppState((state) => state.view)
  const hasOutputs = useAppState(selectHasOutputs)
  return (
    <ButtonGroup
      label={t('compare.view')}
      value={view === 'compare' && hasOutputs ? 'compare' : 'edit'}
      options={[
        { value: 'edit', text: t('compare.editView') },
        { value: 'compare', text: t('compare.label'), disabled: !hasOutputs },
      ]}
      onChange={(value) => {
        if (value === 'edit') app.view.showEdit()
        else if (runId) app.view.showCompare(runId)
      }}
    />
  )
}
