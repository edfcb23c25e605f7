import { ChevronDown, ChevronUp } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { LazyRunList } from './lazyRuns'
import styles from './RunStrip.module.css'
import { useApp, useAppState } from '../hooks/useApp'

/** The runs below the canvas, newest first; it folds away. */
export function RunStrip() {
  const app = useApp()
  const t = useT()
  const { runsOpen } = useAppState(({ settings }) => settings)
  const isEmpty = useAppState(({ runs }) => runs.runs.length === 0)
  // Before the first run the canvas has its room.
  if (isEmpty) return null
  return (
    <section className={styles.strip} data-area="runs" aria-label={t('runs.label')}>
      <header>
        <h2>{t('runs.label')}</h2>
        <IconButton
          icon={runsOpen ? ChevronDown : ChevronUp}
          label={runsOpen ? t('runs.hide') : t('runs.show')}
          onClick={() => app.settings.set({ runsOpen: !runsOpen })}
        />
      </header>
      {runsOpen && <LazyRunList />}
    </section>
  )
}
