import { Star } from 'lucide-react'
import { RUN_ENDS } from '../../state/runs/archiveState'
import { selectArchivedModels } from '../../state/runs/archiveEntries'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { Select } from '../kit/Select'
import styles from './HistoryPage.module.css'

const ALL = -1

/** Which of the runs are listed. */
export function HistoryFilters() {
  const app = useApp()
  const t = useT()
  const query = useAppState(({ archive }) => archive.query)
  const models = useAppState(selectArchivedModels)
  return (
    <search className={styles.filters}>
      <input
        type="search"
        className={styles.search}
        data-history-search
        aria-label={t('history.search')}
        placeholder={t('history.search')}
        value={query.text}
        onChange={({ target }) => app.archive.setQuery({ text: target.value })}
      />
      <Select
        aria-label={t('history.model')}
        value={query.model === undefined ? ALL : models.indexOf(query.model)}
        options={[
          { value: ALL, text: t('history.anyModel') },
          ...models.map((model, value) => ({ value, text: model ?? t('runs.device') })),
        ]}
        onChange={(value) => app.archive.setQuery({ model: value === ALL ? undefined : models[value] })}
      />
      <Select
        aria-label={t('history.status')}
        value={query.end === null ? ALL : RUN_ENDS.indexOf(query.end)}
        options={[
          { value: ALL, text: t('history.anyStatus') },
          ...RUN_ENDS.map((end, value) => ({ value, text: t(`history.end.${end}`) })),
        ]}
        onChange={(value) => app.archive.setQuery({ end: value === ALL ? null : (RUN_ENDS[value] ?? null) })}
      />
      <IconButton
        icon={Star}
        label={t('history.starred')}
        pressed={query.starred}
        onClick={() => app.archive.setQuery({ starred: !query.starred })}
      />
    </search>
  )
}
