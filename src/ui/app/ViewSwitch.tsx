import { Columns2, Pencil } from 'lucide-react'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { ButtonGroup } from '../kit/ButtonGroup'
import { useApp, useAppState } from '../hooks/useApp'
import { selectCanCompare, selectIsComparing, selectNewestResult } from '../../state/runs/selection'

/** The two views of the middle. */
export function ViewSwitch() {
  const app = useApp()
  const t = useT()
  const isWide = useLayout() === 'desktop'
  const { runId } = useAppState((state) => state.view)
  const comparing = useAppState(selectIsComparing)
  const canCompare = useAppState(selectCanCompare)
  const newest = useAppState(selectNewestResult)
  return (
    <ButtonGroup
      label={t('compare.view')}
      value={comparing ? 'compare' : 'edit'}
      options={[
        { value: 'edit', text: t('compare.editView'), icon: isWide ? undefined : Pencil },
        {
          value: 'compare',
          text: t('compare.label'),
          icon: isWide ? undefined : Columns2,
          disabled: !canCompare && newest === null,
        },
      ]}
      onChange={(value) => {
        if (value === 'edit') app.view.showEdit()
        else if (canCompare && runId) app.view.showCompare(runId)
        else if (newest !== null) void app.history.look(newest)
      }}
    />
  )
}
