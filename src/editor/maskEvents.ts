import type { PaintArea } from '../core/document/document'
import type { Rect } from '../core/geometry'
import type { EditStep } from './undoStep'

export interface MaskEditorEvents {
  /** Pixels changed within the rectangle, image px. Fires many times a frame: collect, do not render. */
  dirty(rect: Rect, area: PaintArea): void
  /** The outline of the open gesture changed, or went. */
  preview(): void
  /** A gesture began or ended, or the history changed: `canUndo`, `canRedo` and `isEmpty` may differ. */
  change(change: MaskChange): void
}

export type MaskChange =
  | { readonly kind: 'do' | 'redo'; readonly step: EditStep }
  | { readonly kind: 'undo' }
  | { readonly kind: 'begin' }
  /** A gesture ended and left nothing in the mask, at least not yet. */
  | { readonly kind: 'cancel' }

/** The listeners of one editor. */
export class MaskEvents implements MaskEditorEvents {
  private readonly listeners = new Set<Partial<MaskEditorEvents>>()

  /** @returns ends the subscription */
  subscribe(listener: Partial<MaskEditorEvents>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  dirty(rect: Rect, area: PaintArea): void {
    if (rect.width === 0) return
    for (const listener of this.listeners) listener.dirty?.(rect, area)
  }

  preview(): void {
    for (const listener of this.listeners) listener.preview?.()
  }

  change(change: MaskChange): void {
    for (const listener of this.listeners) listener.change?.(change)
  }

  /** Resolves with the next `change`. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const unsubscribe = this.subscribe({
        change: () => {
          unsubscribe()
          resolve()
        },
      })
    })
  }
}
