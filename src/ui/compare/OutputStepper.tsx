import { ChevronLeft, ChevronRight } from 'lucide-react'
import { shownOrder, stepOutput } from '../../state/runs/selection'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { BlindButton } from './BlindButton'
import styles from './CompareBar.module.css'

/** Which output is selected, and the buttons to the one before and after it. */
export function OutputStepper({ count }: { readonly count: number }) {
  const app = useApp()
  const t = useT()
  const view = useAppState((state) => state.view)
  const at = shownOrder(view, count).indexOf(Math.min(view.selected, count - 1))
  return (
    <div className={styles.stepper} role="group" aria-label={t('compare.which')}>
      <IconButton
        icon={ChevronLeft}
        label={t('compare.previous')}
        onClick={() => stepOutput(app.runs, app.view, -1)}
      />
      <span>{t('compare.place', { number: at + 1, count })}</span>
      <IconButton
        icon={ChevronRight}
        label={t('compare.next')}
        onClick={() => stepOutput(app.runs, app.view, 1)}
      />
      <BlindButton count={count} />
    </div>
  )
}
