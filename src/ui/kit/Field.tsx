import type { ReactNode } from 'react'
import styles from './Field.module.css'
import text from './text.module.css'

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** The control. Beside a hint it needs an `aria-label`: the hint would become part of its name. */
  readonly children: ReactNode
}

/** A control with its label above and a hint below. */
export function Field({ label, hint, children }: FieldProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the control is among the children
    <label className={styles.field}>
      <span>{label}</span>
      {children}
      {hint !== undefined && <span className={text.hint}>{hint}</span>}
    </label>
  )
}
