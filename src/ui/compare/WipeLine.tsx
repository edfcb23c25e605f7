import type { CSSProperties } from 'react'
import { useT } from '../hooks/useT'
import styles from './WipeLine.module.css'

interface WipeLineProps {
  /** Of the picture right of the line. */
  readonly label: string
  /** Percent of the pane's width. */
  readonly at: number
  readonly onMove: (at: number) => void
}

/** The line between original and output: its handle is a slider as tall as the pane, dragged by the line itself. */
export function WipeLine({ label, at, onMove }: WipeLineProps) {
  const t = useT()
  return (
    <div className={styles.wipe} style={{ '--at': `${at}%` } as CSSProperties}>
      <span className={styles.left} aria-hidden="true">
        {t('compare.original')}
      </span>
      <span className={styles.right} aria-hidden="true">
        {label}
      </span>
      <div className={styles.line} />
      <input
        type="range"
        className={styles.slider}
        aria-label={t('compare.slider')}
        aria-valuetext={t('compare.revealed', { percent: Math.round(100 - at), output: label })}
        min={0}
        max={100}
        step="any"
        value={at}
        onChange={(event) => onMove(Number(event.target.value))}
      />
    </div>
  )
}
