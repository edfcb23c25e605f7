import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { selectWriteFailure } from '../../state/runs/writeFailure'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Toast } from '../kit/Toast'
import { laterPart } from './lazyPart'
import styles from './Messages.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import type { Message } from '../../state/shell/messages'

export const LazyErrorText = laterPart(async () => (await import('./ErrorText')).ErrorText)

/**
 * Errors and notices, over the stage so that they never cover Run, and above dialogs. An error stays until it is dismissed.
 * This is the page's one live region: screen readers leave out much of what comes together with its region.
 * @param children what is said besides
 */
export function Messages({ children }: { readonly children: ReactNode }) {
  const t = useT()
  const messages = useAppState(({ messages: state }) => state.messages)
  const failure = useAppState(selectWriteFailure)
  const ref = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const root = document.documentElement
    // A dialog leaves this much room above it.
    const observer = new ResizeObserver(([{ contentRect }]) =>
      root.style.setProperty('--messages-height', `${Math.ceil(contentRect.height)}px`),
    )
    if (ref.current) observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={ref}
      className={styles.messages}
      aria-label={t('message.label')}
      aria-live="polite"
      aria-relevant="additions text"
      data-stays
    >
      {children}
      {messages
        // A note says it for as long as it holds.
        .filter((message) => message.kind !== 'error' || message.error.code !== failure)
        .map((message) => (
          <MessageToast key={message.id} message={message} />
        ))}
    </section>
  )
}

function MessageToast({ message }: { readonly message: Message }) {
  const t = useT()
  const app = useApp()
  return (
    <Toast kind={message.kind} onDismiss={() => app.messages.dismiss(message.id)}>
      {message.kind === 'error' ? (
        <LazyErrorText error={message.error} />
      ) : (
        <div className={styles.notice}>
          <p>{t(`notice.${message.code}`, message.params)}</p>
          <NoticeAction {...message} />
        </div>
      )}
    </Toast>
  )
}

/** The likely next thing after a notice, where there is one. */
function NoticeAction({ id, code, params }: Message & { readonly kind: 'notice' }) {
  const t = useT()
  const app = useApp()
  if (code === 'applied' || code === 'restored') {
    const undo = () => {
      app.view.showEdit()
      app.session.undo()
    }
    return (
      <Button small aria-label={t(code === 'applied' ? 'edit.undoApply' : 'edit.undo')} onClick={undo}>
        {t('edit.undo')}
      </Button>
    )
  }
  if (code === 'update-ready') {
    return (
      <Button small onClick={app.startUpdate}>
        {t('message.reload')}
      </Button>
    )
  }
  if (code === 'carries-settings') {
    return (
      <Button small onClick={() => void app.carried.take()}>
        {t('carried.restore')}
      </Button>
    )
  }
  if (code === 'runs-removed' || code === 'pictures-removed') {
    const [name, from] =
      code === 'runs-removed'
        ? (['history.undo', app.archive] as const)
        : (['pictures.undo', app.documents] as const)
    return (
      <Button small aria-label={t(name)} onClick={() => void from.undoRemove()}>
        {t('edit.undo')}
      </Button>
    )
  }
  if (code !== 'outputs-ready') return null
  const show = () => {
    app.messages.dismiss(id)
    app.view.showCompare(String(params['runId']))
  }
  return (
    <Button small onClick={show}>
      {t('compare.show')}
    </Button>
  )
}
