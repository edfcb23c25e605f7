import { clsx } from 'clsx'
import { X } from 'lucide-react'
import {
  type PointerEvent,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
} from 'react'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton'
import { KitTexts } from './kitTexts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** Has room for columns. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/**
 * A dialog that makes the page behind it inert; Escape closes it. It takes the focus and gives it back. A modal of the
 * platform would make messages inert too: nobody could hear or dismiss them.
 */
export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const { close } = use(KitTexts)
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Before the browser draws, and before React takes the dialog away, while it still has the focus.
  useLayoutEffect(() => {
    const dialog = ref.current
    const opener = document.activeElement
    dialog?.show()
    const activate = makeInert(document.body, dialog)
    return () => {
      activate()
      // A press beside the dialog has taken the focus from it before.
      const isHere = dialog?.contains(document.activeElement) || document.activeElement === document.body
      if (isHere && opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  useCloseRequests(onClose)
  const beside = usePressBeside(onClose)
  return (
    <div className={styles.backdrop} {...beside}>
      <dialog ref={ref} className={clsx(styles.dialog, wide && styles.wide)} aria-labelledby={titleId}>
        <div className={styles.body}>
          <header className={styles.header}>
            <h2 id={titleId}>{title}</h2>
            <IconButton icon={X} label={close} onClick={onClose} />
          </header>
          {children}
        </div>
      </dialog>
    </div>
  )
}

/**
 * Makes all of the page inert but the dialog and what stays in use above it: messages.
 * @returns ends that
 */
function makeInert(root: Element, dialog: Element | null): () => void {
  const made: Element[] = []
  const walk = (element: Element) => {
    for (const child of element.children) {
      if (child === dialog || child.matches('[data-stays]')) continue
      if (child.contains(dialog) || child.querySelector('[data-stays]')) walk(child)
      else if (!child.hasAttribute('inert')) {
        child.toggleAttribute('inert', true)
        made.push(child)
      }
    }
  }
  walk(root)
  return () => made.forEach((element) => element.removeAttribute('inert'))
}

/** What TypeScript's library does not know yet, nor every browser. */
interface Browser {
  readonly CloseWatcher?: new () => EventTarget & { destroy(): void }
}

/** Escape, and what else asks a dialog to close where the browser tells: a phone's Back. */
function useCloseRequests(onClose: () => void): void {
  const request = useEffectEvent(onClose)
  useEffect(() => {
    const abort = new AbortController()
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
        event.preventDefault()
        request()
      },
      { signal: abort.signal },
    )
    const { CloseWatcher } = globalThis as Browser
    const watcher = CloseWatcher && new CloseWatcher()
    watcher?.addEventListener('close', () => request())
    return () => {
      abort.abort()
      watcher?.destroy()
    }
  }, [])
}

/** A press and its release both beside the dialog close it; text may be selected past its edge. */
function usePressBeside(onClose: () => void) {
  const began = useRef(false)
  const ended = useRef(false)
  const isBeside = ({ target, currentTarget }: PointerEvent) => target === currentTarget
  return {
    onPointerDown: (event: PointerEvent) => {
      began.current = isBeside(event)
    },
    onPointerUp: (event: PointerEvent) => {
      ended.current = isBeside(event)
    },
    onClick: () => {
      if (began.current && ended.current) onClose()
      began.current = ended.current = false
    },
  }
}

/** The buttons that end a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>
}
