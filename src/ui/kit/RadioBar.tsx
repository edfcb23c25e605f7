import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import styles from './RadioBar.module.css'

interface RadioBarProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    /** Its name, which shows as its tooltip. */
    readonly text: string
    readonly icon: LucideIcon
    /** What it stands for on the canvas, as CSS: a line under the icon. */
    readonly color: string
  }[]
  readonly onChange: (value: T) => void
}

/** Joined icons, one of which is chosen; arrow keys go from one to the next. */
export function RadioBar<T extends string>({ label, value, options, onChange }: RadioBarProps<T>) {
  const name = useId()
  return (
    <div className={styles.group} role="radiogroup" aria-label={label}>
      {options.map(({ value: own, text, icon: Icon, color }) => (
        <label key={own} title={text} style={{ boxShadow: `inset 0 -3px ${color}` }}>
          <input
            type="radio"
            name={name}
            aria-label={text}
            checked={own === value}
            onChange={() => onChange(own)}
          />
          <Icon aria-hidden="true" />
        </label>
      ))}
    </div>
  )
}
