import { clsx } from 'clsx'
import type { ComponentProps, ComponentType } from 'react'
import styles from './IconButton.module.css'

export interface IconButtonProps extends ComponentProps<'button'> {
  readonly icon?: ComponentType<{ readonly 'aria-hidden': 'true' }> | undefined
  readonly label: string
  /** The keys of the same action, for the tooltip. */
  readonly keys?: string
  readonly pressed?: boolean
  /** Shows the label beside the icon; `wide` only in windows wider than 1344 px. */
  readonly text?: boolean | 'wide'
  /** Shown beside the icon in place of the label, where the place of the button has room for it. */
  readonly word?: string
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  pressed,
  text = false,
  word,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      className={clsx(styles.iconButton, className)}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      aria-pressed={pressed}
    >
      {Icon && <Icon aria-hidden="true" />}
      {word && <span data-word="">{word}</span>}
      {text !== false && <span className={clsx(text === 'wide' && styles.wideText)}>{label}</span>}
    </button>
  )
}
