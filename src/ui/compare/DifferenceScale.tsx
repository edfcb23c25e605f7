import { FULL_HEAT } from '../../core/image/difference'
import { useT } from '../hooks/useT'
import styles from './CompareBar.module.css'

/** What the colours of the heat map mean, in levels of a channel. */
export function DifferenceScale() {
  const t = useT()
  return (
    <span className={styles.scale}>
      0
      <span className={styles.heat} aria-hidden="true" />
      {t('compare.levels', { count: FULL_HEAT })}
    </span>
  )
}
