import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { useT } from '../hooks/useT'
import { useWhen } from '../hooks/useWhen'
import styles from './ListRow.module.css'

interface ListRowProps {
  readonly title: string
  /** What a click on it does. */
  readonly hint: string
  readonly about: string
  /** Before the date. */
  readonly end?: ReactNode
  /** ISO 8601. */
  readonly at: string
  readonly thumbnail: ReactNode
  /** Its controls are the list's tab stops. */
  readonly isActive: boolean
  readonly isSelected: boolean
  /** false for one that nothing can be done to but opening it. */
  readonly canSelect?: boolean
  readonly onOpen: (event: MouseEvent) => void
  readonly onSelect: (event: MouseEvent) => void
  readonly item: ComponentProps<'li'> & Readonly<Record<`data-${string}`, unknown>>
  /** The control at its end. */
  readonly children: ReactNode
}

/** A row of a list: box, picture with words, and a control. */
export function ListRow(props: ListRowProps) {
  const whenOf = useWhen()
  const t = useT()
  const { title, hint, about, end, at, thumbnail, isActive, isSelected, canSelect = true, item } = props
  const tabIndex = isActive ? 0 : -1
  const when = new Date(at)
  return (
    <li className={styles.row} data-selected={isSelected} {...item}>
      <label className={styles.check}>
        <input
          type="checkbox"
          data-part="check"
          tabIndex={tabIndex}
          aria-label={t('history.selectOne', { title })}
          checked={isSelected}
          disabled={!canSelect}
          readOnly
          onClick={props.onSelect}
        />
      </label>
      <button
        type="button"
        className={styles.open}
        data-part="open"
        tabIndex={tabIndex}
        title={`${title}\n${hint}`}
        onClick={props.onOpen}
      >
        {thumbnail}
        <span className={styles.words}>
          <span className={styles.title}>{title}</span> <span className={styles.about}>{about}</span>
        </span>{' '}
        {end && <span className={styles.end}>{end}</span>}{' '}
        <time className={styles.when} dateTime={at}>
          {Number.isNaN(when.getTime()) ? '' : whenOf(when)}
        </time>
      </button>
      {props.children}
    </li>
  )
}

/** The control at a row's end. */
export function RowButton({ isActive, ...rest }: ComponentProps<'button'> & { readonly isActive: boolean }) {
  return <button type="button" className={styles.button} tabIndex={isActive ? 0 : -1} {...rest} />
}
