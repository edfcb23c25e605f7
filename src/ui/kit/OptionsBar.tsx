import type { ReactNode } from 'react'
import styles from './OptionsBar.module.css'

/** The bar above the canvas or the comparison. */
export function OptionsBar({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.bar} data-area="options">
      {children}
    </div>
  )
}
