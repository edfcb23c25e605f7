import { whenText } from '../../core/whenText'
import { Star } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { ArchiveEntry } from '../../state/runs/archiveState'
import { useApp } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { durationText, runTitle } from '../runs/runText'
import styles from './HistoryList.module.css'
import { HistoryThumbnail } from './HistoryThumbnail'

interface HistoryRowProps {
  readonly entry: ArchiveEntry
  readonly index: number
  readonly count: number
  /** Where it lies in the list, px. */
  readonly top: number
  /** Its controls are the list's tab stops. */
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly onOpen: (id: string, event: MouseEvent) => void
  readonly onSelect: (id: string, event: MouseEvent) => void
}

/** One run of the history. */
export function HistoryRow({ entry, index, count, top, isActive, isSelected, ...on }: HistoryRowProps) {
  const app = useApp()
  const t = useT()
  const { id, starred } = entry
  const title = runTitle(entry, t)
  const at = new Date(entry.createdAt)
  const tabIndex = isActive ? 0 : -1
  return (
    <li
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      data-index={index}
      data-selected={isSelected}
      data-end={entry.end}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <label className={styles.check}>
        <input
          type="checkbox"
          data-part="check"
          tabIndex={tabIndex}
          aria-label={t('history.selectOne', { title })}
          checked={isSelected}
          readOnly
          onClick={(event) => on.onSelect(id, event)}
        />
      </label>
      <button
        type="button"
        className={styles.open}
        data-part="open"
        tabIndex={tabIndex}
        title={`${title}\n${t('history.openHint')}`}
        onClick={(event) => on.onOpen(id, event)}
      >
        <HistoryThumbnail id={id} />
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>{' '}
          <span className={styles.about}>{aboutOf(entry, t)}</span>
        </span>{' '}
        <span className={styles.end}>
          {t(entry.end === 'open' ? 'history.end.open' : `status.${entry.status}`)}
        </span>{' '}
        <time className={styles.when} dateTime={entry.createdAt}>
          {Number.isNaN(at.getTime()) ? '' : whenText(at)}
        </time>
      </button>
      <button
        type="button"
        className={styles.star}
        data-part="star"
        tabIndex={tabIndex}
        aria-label={t('history.starOne', { title })}
        aria-pressed={starred}
        onClick={() => void app.archive.star([id], !starred)}
      >
        <Star aria-hidden="true" />
      </button>
    </li>
  )
}

/** Its model, outputs, duration and picture, as far as they are known. */
function aboutOf({ model, outputCount, durationMs, picture }: ArchiveEntry, t: Translate): string {
  const outputs = outputCount === 1 ? t('runs.output') : t('runs.outputs', { count: outputCount })
  return [
    model ?? t('runs.device'),
    ...(outputCount > 0 ? [outputs] : []),
    ...(durationMs === null ? [] : [durationText(durationMs, t)]),
    picture,
  ].join(' · ')
}
