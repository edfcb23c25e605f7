import type { IconButtonProps } from './IconButton'
import styles from './ButtonGroup.module.css'

interface ButtonGroupProps<T extends string | number> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly text: string
    /** Shown instead of the text, which becomes its name. */
    readonly icon?: IconButtonProps['icon']
    readonly disabled?: boolean
  }[]
  readonly onChange: (value: T) => void
}

/** Joined buttons, one of which is pressed. */
export function ButtonGroup<T extends string | number>({
  label,
  value,
  options,
  onChange,
}: ButtonGroupProps<T>) {
  return (
    <div className={styles.group} role="group" aria-label={label}>
      {options.map(({ value: own, text, icon: Icon, disabled }) => (
        <button
          key={own}
          type="button"
          aria-pressed={own === value}
          disabled={disabled}
          {...(Icon && { 'aria-label': text, title: text })}
          onClick={() => onChange(own)}
        >
          {Icon ? <Icon aria-hidden="true" /> : text}
        </button>
      ))}
    </div>
  )
}
