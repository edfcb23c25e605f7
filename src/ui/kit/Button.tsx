import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import styles from './Button.module.css'

export interface ButtonLook {
  /** The main action of its place. */
  readonly primary?: boolean
  readonly small?: boolean
}

/** @returns the class names of a button, for a link that looks like one */
export function buttonClass({ primary, small }: ButtonLook = {}): string {
  return clsx(styles.button, primary && styles.primary, small && styles.small)
}

export function Button({
  primary = false,
  small = false,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & ButtonLook) {
  return <button {...rest} type={type} className={clsx(buttonClass({ primary, small }), className)} />
}

/** A button that reads as a link in text. */
export function LinkButton({ className, ...rest }: ComponentProps<'button'>) {
  return <button {...rest} type="button" className={clsx(styles.link, className)} />
}
