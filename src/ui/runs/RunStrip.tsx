import { ChevronDown, ChevronUp } from 'lucide-react'
import { useSettings } from '../../state/settingsStore'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { RunList } from './RunList'
import styles from './RunStrip.module.css'

/** The runs below the canvas, newest first; it folds away. */
export function RunStrip() {
  const t = useT()
  const { runsOpen, set } = useSettings()
  return (
    <section className={styles.strip} data-area="runs" aria-label={t('runs.label')}>
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
