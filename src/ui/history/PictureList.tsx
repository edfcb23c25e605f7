import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import type { StoredPicture } from '../../state/session/documentLibrary'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import styles from './PictureList.module.css'
import { PictureRow } from './PictureRow'
import { rowAction, withRange, withToggled } from './rowSelection'

interface PictureListProps {
  readonly pictures: readonly StoredPicture[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: ReadonlySet<string>) => void
  readonly onDelete: (ids: readonly string[]) => void
  /** Below the last one. */
  readonly children: ReactNode
}

/** The listed pictures: one tab stop, arrow keys move. */
export function PictureList({ pictures, selected, onSelect, onDelete, children }: PictureListProps) {
  const app = useApp()
  const t = useT()
  const list = useRef<HTMLUListElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [anchorId, setAnchorId] = useState<string | null>(null)
  const active = Math.max(
    0,
    pictures.findIndex(({ id }) => id === activeId),
  )
  const free = pictures.filter(({ isOpen }) => !isOpen)

  const selectRange = (to: string) => {
    const from = anchorId ?? pictures[active]?.id ?? to
    setAnchorId(from)
    const range = withRange(selected, pictures, from, to)
    onSelect(new Set(free.flatMap(({ id }) => (range.has(id) ? id : []))))
  }

  const toggle = (id: string) => {
    setAnchorId(id)
    onSelect(withToggled(selected, id))
  }

  const press = (event: KeyboardEvent) => {
    const rowPx = list.current?.firstElementChild?.clientHeight ?? 1
    const rows = Math.max(1, Math.floor((list.current?.parentElement?.clientHeight ?? 0) / rowPx) - 1)
    const action = rowAction(event, active, pictures.length, rows, selected.size > 0)
    const picture = pictures[active]
    if (action?.kind === 'step') {
      const to = pictures[action.to]
      if (event.shiftKey && to) selectRange(to.id)
      const next = list.current?.children[action.to]
      const at = next?.querySelector<HTMLElement>(`[data-part=${action.part}]:not(:disabled)`)
      ;(at ?? next?.querySelector<HTMLElement>('[data-part=open]'))?.focus()
    } else if (action?.kind === 'delete' && picture) {
      const chosen = free.filter(({ id }) => selected.has(id)).map(({ id }) => id)
      if (chosen.includes(picture.id)) onDelete(chosen)
      else if (!picture.isOpen) onDelete([picture.id])
    } else if (action?.kind === 'all') onSelect(new Set(free.map(({ id }) => id)))
    else if (action?.kind === 'none') onSelect(new Set())
    else return
    event.preventDefault()
  }

  const openOrSelect = ({ id, isOpen }: StoredPicture, event: MouseEvent) => {
    setActiveId(id)
    if (event.shiftKey) selectRange(id)
    else if ((event.ctrlKey || event.metaKey) && !isOpen) toggle(id)
    else void app.documents.open(id)
  }

  return (
    <div className={styles.scroller} data-selecting={selected.size > 0}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls in it */}
      <ul
        ref={list}
        className={styles.list}
        aria-label={t('pictures.list')}
        onKeyDown={press}
        onFocus={({ target }) => setActiveId(target.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null)}
      >
        {pictures.map((picture, index) => (
          <PictureRow
            key={picture.id}
            picture={picture}
            isActive={index === active}
            isSelected={selected.has(picture.id)}
            onOpen={(event) => openOrSelect(picture, event)}
            onSelect={(event) => (event.shiftKey ? selectRange(picture.id) : toggle(picture.id))}
            onDelete={() => onDelete([picture.id])}
          />
        ))}
      </ul>
      {children}
    </div>
  )
}
