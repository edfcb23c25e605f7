import { useId } from 'react'
import type { Anchor } from '../../core/frame/frameEdits'
import { useT } from '../hooks/useT'
import styles from './AnchorGrid.module.css'

const THIRDS = [0, 1, 2] as const
const ROWS = ['top', 'middle', 'bottom'] as const
const COLUMNS = ['left', 'center', 'right'] as const

interface AnchorGridProps {
  readonly label: string
  readonly value: Anchor
  readonly onChange: (anchor: Anchor) => void
}

/** Nine places to hold on to. */
export function AnchorGrid({ label, value, onChange }: AnchorGridProps) {
  const t = useT()
  const name = useId()
  return (
    <div className={styles.grid} role="radiogroup" aria-label={label}>
      {THIRDS.flatMap((row) =>
        THIRDS.map((column) => (
          <input
            key={`${row} ${column}`}
            type="radio"
            name={name}
            aria-label={`${t(`frame.at.${ROWS[row]}`)} ${t(`frame.at.${COLUMNS[column]}`)}`}
            checked={value.row === row && value.column === column}
            onChange={() => onChange({ row, column })}
          />
        )),
      )}
    </div>
  )
}
