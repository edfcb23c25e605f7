import { Columns2, History, Pencil } from 'lucide-react'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { RadioBar } from '../kit/RadioBar'
import { useApp, useAppState } from '../hooks/useApp'
import {
  selectCanCompare,
  selectIsComparing,
  selectIsHistory,
  selectNewestResult,
} from '../../state/runs/selection'

/** The views of the middle. */
export function ViewSwitch() {
  const app = useApp()
  const t = useT()
  const isWide = useLayout() === 'desktop'
  const { runId } = useAppState((state) => state.view)
  const comparing = useAppState(selectIsComparing)
  const isHistory = useAppState(selectIsHistory)
  const canCompare = useAppState(selectCanCompare)
  const newest = useAppState(selectNewestResult)
  return (
    <RadioBar
      label={t('compare.view')}
      value={isHistory ? 'history' : comparing ? 'compare' : 'edit'}
      options={[
        { value: 'edit', text: t('compare.editView'), icon: isWide ? undefined : Pencil },
        {
          value: 'compare',
          text: t('compare.label'),
          icon: isWide ? undefined : Columns2,
          disabled: !canCompare && newest === null,
        },
        { value: 'history', text: t('history.view'), icon: isWide ? undefined : History },
      ]}
      onChange={(value) => {
        if (value === 'edit') app.view.showEdit()
        else if (value === 'history') app.view.showHistory()
        else if (canCompare && runId) app.view.showCompare(runId)
        else if (newest !== null) void app.history.look(newest)
      }}
    />
  )
}
