import { RadioGroup } from 'radix-ui'
import type { LucideIcon } from 'lucide-react'
import styles from './ButtonGroup.module.css'

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
  return (
    <RadioGroup.Root
      className={styles.group}
      orientation="horizontal"
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
    >
      {options.map(({ value: own, text, icon: Icon, color }) => (
        <RadioGroup.Item
          key={own}
          value={own}
          aria-label={text}
          title={text}
          style={{ boxShadow: `inset 0 -3px ${color}` }}
        >
          <Icon aria-hidden="true" />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
