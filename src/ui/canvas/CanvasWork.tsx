import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import styles from './CanvasWork.module.css'

/** Says that strokes are being filled, and that a selection or another change of the mask is being computed. */
export function CanvasWork() {
  const t = useT()
  const count = useAppState(({ removals }) => removals.pending.length)
  const isSlow = useAppState(({ work }) => work.isSlow)
  return (
    <>
      <output className={text.visuallyHidden} aria-label={t('remove.status')}>
        {count > 0 && t('remove.pending', { count })}
      </output>
      <output className={styles.work}>{isSlow && t('mask.working')}</output>
    </>
  )
}
