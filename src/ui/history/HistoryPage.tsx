import { useEffect } from 'react'
import { selectListed } from '../../state/runs/archiveEntries'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { HistoryFilters } from './HistoryFilters'
import { HistoryList } from './HistoryList'
import { HistoryStatus } from './HistoryStatus'
import { HistorySwitch } from './HistorySwitch'
import { StoredPictures } from './StoredPictures'
import styles from './HistoryPage.module.css'
import { EVERYTHING } from '../../state/runs/archiveState'

/** What is stored, newest first: runs, or pictures. */
export function HistoryPage() {
  const t = useT()
  const part = useAppState(({ view }) => view.historyPart)
  return (
    <section className={styles.page} aria-label={t('history.view')} data-area="history">
      <HistorySwitch value={part} />
      {part === 'runs' ? <StoredRuns /> : <StoredPictures />}
    </section>
  )
}

/** Every stored run: to be found, opened, starred and deleted. */
function StoredRuns() {
  const app = useApp()
  const t = useT()
  useEffect(() => void app.archive.open(), [app])
  const listed = useAppState(selectListed)
  const total = useAppState(({ archive }) => archive.entries.length)
  const phase = useAppState(({ archive }) => archive.phase)
  return (
    <>
      <HistoryFilters />
      <HistoryStatus listed={listed} />
      {phase === 'failed' && <p className={styles.note}>{t('history.failed')}</p>}
      {listed.length > 0 ? (
        <HistoryList listed={listed} />
      ) : total > 0 ? (
        <div className={styles.empty}>
          <p>{t('history.noMatch')}</p>
          <Button onClick={() => app.archive.setQuery(EVERYTHING)}>{t('history.everything')}</Button>
        </div>
      ) : (
        <p className={styles.empty} aria-busy={phase === 'reading'}>
          {phase === 'read' && t('history.empty')}
        </p>
      )}
    </>
  )
}
