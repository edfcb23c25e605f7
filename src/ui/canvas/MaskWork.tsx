import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import styles from './MaskWork.module.css'

/** Says that a selection or another change of the mask is being computed. */
export function MaskWork() {
  const t = useT()
  const isSlow = useAppState(({ work }) => work.isSlow)
  return <output className={styles.work}>{isSlow && t('mask.working')}</output>
}
