import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import text from '../kit/text.module.css'

/** Says that strokes are being filled. */
export function RemovalStatus() {
  const t = useT()
  const count = useAppState(({ removals }) => removals.pending.length)
  return (
    <output className={text.visuallyHidden} aria-label={t('remove.status')}>
      {count > 0 && t('remove.pending', { count })}
    </output>
  )
}
