import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { ArchiveEntry } from '../../state/runs/archiveState'
import { useApp, useAppState } from '../hooks/useApp'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import styles from './HistoryList.module.css'
import { HistoryRow } from './HistoryRow'
import { rowAction, withRange, withToggled } from './rowSelection'

/** Height of a row, px; the style sheet has the same. */
const ROW_PX = { desktop: 60, tablet: 60, phone: 76 } as const
/** Rows beyond each end of the view that are drawn. */
const OVERSCAN = 6

/** The listed runs, of which only those in view are drawn: one tab stop, arrow keys move. */
export function HistoryList({ listed }: { readonly listed: readonly ArchiveEntry[] }) {
  const app = useApp()
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const selected = useAppState(({ archive }) => archive.selected)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [anchorId, setAnchorId] = useState<string | null>(null)
  const found = listed.findIndex(({ id }) => id === activeId)
  const active = Math.max(0, found)
  const rowPx = ROW_PX[useLayout()]

  // oxlint-disable-next-line react/incompatible-library -- nothing that is memoized takes its functions
  const virtualizer = useVirtualizer({
    count: listed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    getItemKey: (index) => listed[index]?.id ?? index,
    // The row that has the focus is kept where it is scrolled out of view.
    rangeExtractor: (range: Range) =>
      [...new Set([active, ...defaultRangeExtractor(range)])].toSorted((a, b) => a - b),
  })

  const focusRow = (index: number, part: string) => {
    const entry = listed[index]
    if (!entry) return
    setActiveId(entry.id)
    virtualizer.scrollToIndex(index)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-part=${part}]`)?.focus(),
    )
  }

  const selectRange = (to: string) => {
    const from = anchorId ?? listed[active]?.id ?? to
    setAnchorId(from)
    app.archive.select(withRange(selected, listed, from, to))
  }

  const toggle = (id: string) => {
    setAnchorId(id)
    app.archive.select(withToggled(selected, id))
  }

  const press = (event: KeyboardEvent) => {
    const rows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1)
    const action = rowAction(event, active, listed.length, rows, selected.size > 0)
    const entry = listed[active]
    if (action?.kind === 'step') {
      const to = listed[action.to]
      if (event.shiftKey && to) selectRange(to.id)
      focusRow(action.to, action.part)
    } else if (action?.kind === 'delete' && entry) {
      const chosen = listed.filter(({ id }) => selected.has(id))
      const gone = new Set(selected.has(entry.id) ? chosen : [entry])
      const next = listed.find((one, index) => index > active && !gone.has(one))
      setActiveId((next ?? listed.findLast((one) => !gone.has(one)))?.id ?? null)
      void app.archive.remove([...gone].map(({ id }) => id))
    } else if (action?.kind === 'all') app.archive.select(new Set(listed.map(({ id }) => id)))
    else if (action?.kind === 'none') app.archive.select(new Set())
    else return
    event.preventDefault()
  }

  const openOrSelect = (id: string, event: MouseEvent) => {
    setActiveId(id)
    if (event.shiftKey) selectRange(id)
    else if (event.ctrlKey || event.metaKey) toggle(id)
    else void app.history.bringBack(id)
  }

  return (
    <div className={styles.scroller} ref={scroller} data-selecting={selected.size > 0}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls in it */}
      <ul
        className={styles.list}
        aria-label={t('history.list')}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={press}
        onFocus={({ target }) => {
          const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index'])
          setActiveId(listed[index]?.id ?? null)
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const entry = listed[index]
          return (
            entry && (
              <HistoryRow
                key={entry.id}
                entry={entry}
                index={index}
                count={listed.length}
                top={start}
                isActive={index === active}
                isSelected={selected.has(entry.id)}
                onOpen={openOrSelect}
                onSelect={(id, event) => (event.shiftKey ? selectRange(id) : toggle(id))}
              />
            )
          )
        })}
      </ul>
    </div>
  )
}
