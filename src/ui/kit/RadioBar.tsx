import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import styles from './RadioBar.module.css'

interface RadioBarProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly text: string
    /** Shown instead of the text, which becomes its name and tooltip. */
    readonly icon?: LucideIcon | undefined
    readonly disabled?: boolean
    /** What it stands for on the canvas, as CSS: a line under the icon. */
    readonly color?: string
  }[]
  readonly onChange: (value: T) => void
}

/** Joined choices, one of which is chosen; arrow keys go from one to the next. */
export function RadioBar<T extends string>({ label, value, options, onChange }: RadioBarProps<T>) {
  const name = useId()
  return (
    <div className={styles.group} role="radiogroup" aria-label={label}>
      {options.map(({ value: own, text, icon: Icon, disabled, color }) => (
        <label
          key={own}
          {...(Icon && { title: text })}
          {...(color && { style: { boxShadow: `inset 0 -3px ${color}` } })}
        >
          <input
            type="radio"
            name={name}
            {...(Icon && { 'aria-label': text })}
            checked={own === value}
            disabled={disabled}
            onChange={() => onChange(own)}
          />
          {Icon ? <Icon aria-hidden="true" /> : text}
        </label>
      ))}
    </div>
  )
}
