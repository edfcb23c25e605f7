import {
  createContext,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { ImagePoint } from '../../core/geometry'
import { imageToScreen, screenToImage, type View } from '../../core/viewport'
import styles from './LinkedCursor.module.css'

interface Pointed {
  readonly point: ImagePoint
  /** The pane that the pointer is in. */
  readonly pane: Element
}

/** Where the pointer is on the picture, for all panes: it moves without a render. */
class Cursor {
  private pointed: Pointed | null = null
  private readonly listeners = new Set<(pointed: Pointed | null) => void>()

  set(pointed: Pointed | null): void {
    this.pointed = pointed
    for (const listener of this.listeners) listener(pointed)
  }

  /** Hears of it now, and of each move. @returns ends it */
  follow(listener: (pointed: Pointed | null) => void): () => void {
    this.listeners.add(listener)
    listener(this.pointed)
    return () => this.listeners.delete(listener)
  }
}

const CursorContext = createContext<Cursor | null>(null)

/** Panes inside of it show where the pointer is in the one that it is in. */
export function LinkedCursors({ children }: { readonly children: ReactNode }) {
  const [cursor] = useState(() => new Cursor())
  return <CursorContext value={cursor}>{children}</CursorContext>
}

/** @returns what a pane listens to; a finger hides what it points at, and is left out */
export function useCursorInput(view: () => View | null) {
  const cursor = use(CursorContext)
  return {
    onPointerMove({ currentTarget, clientX, clientY, pointerType }: PointerEvent) {
      const now = view()
      if (!cursor || !now || pointerType === 'touch') return
      const { x, y } = currentTarget.getBoundingClientRect()
      cursor.set({ point: screenToImage(now, { x: clientX - x, y: clientY - y }), pane: currentTarget })
    },
    onPointerLeave: () => cursor?.set(null),
  }
}

/** The pointer of another pane, at the same place of the picture. */
export function CursorMark({
  view,
  pane,
}: {
  readonly view: View
  readonly pane: RefObject<Element | null>
}) {
  const cursor = use(CursorContext)
  const ref = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      cursor?.follow((pointed) => {
        const mark = ref.current
        if (!mark) return
        mark.hidden = pointed === null || pointed.pane === pane.current
        if (!pointed) return
        const { x, y } = imageToScreen(view, pointed.point)
        mark.style.transform = `translate(${x}px, ${y}px)`
      }),
    [cursor, view, pane],
  )
  return <span ref={ref} className={styles.mark} data-cursor="" aria-hidden="true" hidden />
}
