import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, use } from 'react'
import { IconButton } from './IconButton'
import { KitTexts } from './kitTexts'
import styles from './Toast.module.css'

interface ToastProps {
  readonly kind: 'error' | 'notice'
  /** Left out, the message stays as long as its cause. */
  readonly onDismiss?: () => void
  readonly children: ReactNode
}

/** A message over the page: an error is an alert, anything else a status. */
export function Toast({ kind, onDismiss, children }: ToastProps) {
  const { dismiss } = use(KitTexts)
  return (
    <div
      className={clsx(styles.toast, kind === 'error' && styles.error)}
      role={kind === 'error' ? 'alert' : 'status'}
      data-toast=""
    >
      <div className={styles.text}>{children}</div>
      {onDismiss && <IconButton icon={X} label={dismiss} onClick={onDismiss} />}
    </div>
  )
}
