import { Star } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { ArchiveEntry } from '../../state/runs/archiveState'
import { useApp } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { durationText, runTitle } from '../runs/runText'
import { HistoryThumbnail } from './HistoryThumbnail'
import { ListRow, RowButton } from './ListRow'

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
  return (
    <ListRow
      title={title}
      hint={t('history.openHint')}
      about={aboutOf(entry, t)}
      end={t(entry.end === 'open' ? 'history.end.open' : `status.${entry.status}`)}
      at={entry.createdAt}
      thumbnail={<HistoryThumbnail id={id} />}
      isActive={isActive}
      isSelected={isSelected}
      onOpen={(event) => on.onOpen(id, event)}
      onSelect={(event) => on.onSelect(id, event)}
      item={{
        style: { transform: `translateY(${top}px)` },
        'data-index': index,
        'data-end': entry.end,
        'aria-setsize': count,
        'aria-posinset': index + 1,
      }}
    >
      <RowButton
        isActive={isActive}
        data-part="star"
        aria-label={t('history.starOne', { title })}
        aria-pressed={starred}
        onClick={() => void app.archive.star([id], !starred)}
      >
        <Star aria-hidden="true" />
      </RowButton>
    </ListRow>
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
