import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import styles from './SendInfo.module.css'

/** Opens the sweep: for models, which have inputs worth a grid. */
export function SweepLink() {
  const app = useApp()
  const t = useT()
  const isOffered = useAppState(({ sending }) => sending.part?.fixedSize === true)
  if (!isOffered) return null
  return (
    <LinkButton className={styles.sweep} onClick={() => app.dialogs.open('sweep')}>
      {t('sweep.open')}
    </LinkButton>
  )
}
