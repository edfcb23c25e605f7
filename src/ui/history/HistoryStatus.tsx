import { Star, Trash2 } from 'lucide-react'
import type { ArchiveEntry } from '../../state/runs/archiveState'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './HistoryPage.module.css'
import { numberText } from '../kit/sizeText'

/** How many runs there are, or what can be done with the selected ones. */
export function HistoryStatus({ listed }: { readonly listed: readonly ArchiveEntry[] }) {
  const app = useApp()
  const t = useT()
  const { entries, damaged, selected } = useAppState(({ archive }) => archive)
  const total = entries.length
  const chosen = listed.filter(({ id }) => selected.has(id))
  const allStarred = chosen.every(({ starred }) => starred)
  const ids = chosen.map(({ id }) => id)
  return (
    <div className={styles.status}>
      <output className={styles.count}>
        {chosen.length > 0
          ? t('history.selected', { count: numberText(chosen.length) })
          : listed.length === total
            ? t('history.count', { count: numberText(total) })
            : t('history.countOf', { count: numberText(listed.length), total: numberText(total) })}
        {damaged > 0 && ` · ${t('history.damaged', { count: numberText(damaged) })}`}
      </output>
      {chosen.length > 0 && (
        <div className={styles.actions}>
          <Button small onClick={() => void app.archive.star(ids, !allStarred)} aria-pressed={allStarred}>
            <Star aria-hidden="true" />
            {t('history.star')}
          </Button>
          <Button small onClick={() => void app.archive.remove(ids)}>
            <Trash2 aria-hidden="true" />
            {t('history.delete')}
          </Button>
          <Button small onClick={() => app.archive.select(new Set())}>
            {t('history.selectNone')}
          </Button>
        </div>
      )}
      {chosen.length === 0 && total > 0 && (
        <Button small onClick={() => app.dialogs.open('preferences')}>
          {t('history.space')}
        </Button>
      )}
      {chosen.length === 0 && listed.length > 0 && (
        <Button small onClick={() => app.archive.select(new Set(listed.map(({ id }) => id)))}>
          {t('history.selectAll')}
        </Button>
      )}
    </div>
  )
}
