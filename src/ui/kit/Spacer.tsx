import styles from './layout.module.css'

/** Takes the room that is left in a bar or a panel. */
export function Spacer() {
  return <span className={styles.spacer} />
}
