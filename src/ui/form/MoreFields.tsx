import type { ReactNode } from 'react'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import fieldStyles from './field.module.css'
import styles from './PredictionForm.module.css'

/** Inputs that are folded away. @param hasProblem what keeps a run from starting is seen */
export function MoreFields({
  hasProblem = false,
  children,
}: {
  readonly hasProblem?: boolean
  readonly children: ReactNode
}) {
  const app = useApp()
  const t = useT()
  const isOpen = useAppState(({ settings }) => settings.moreOpen)
  return (
    <details
      className={fieldStyles.wide}
      open={isOpen || hasProblem}
      onToggle={({ currentTarget: { open } }) => app.settings.set({ moreOpen: open })}
    >
      <summary>{t('form.more')}</summary>
      <div className={styles.more}>{children}</div>
    </details>
  )
}
