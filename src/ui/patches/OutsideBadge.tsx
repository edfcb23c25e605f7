import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import styles from './patches.module.css'

/** How many pixels have changed outside everything that is kept, counted on the picture itself. */
export function OutsideBadge() {
  const t = useT()
  const outside = useAppState(({ patches }) => patches.outside)
  return (
    <output
      className={styles.badge}
      title={t('patches.outsideHint')}
      data-state={outside ? (outside.count === 0 ? 'good' : 'bad') : undefined}
    >
      {outside ? t('patches.outside', { count: outside.count }) : t('patches.comparing')}
    </output>
  )
}
