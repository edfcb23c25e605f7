import styles from './layout.module.css'

/** Fills the free room of a bar or a panel. */
export function Spacer() {
  return <span className={styles.spacer} />
}
