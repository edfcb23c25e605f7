import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { MaskEditor } from '../../editor/maskEditor'
import type { SourceImage } from '../session/source'

/** A stroke whose fill is not applied yet. */
export interface Removal {
  readonly command: MaskCommand
  /** Of the picture that it was drawn on. */
  readonly editor: MaskEditor
  /** That picture without kept results: it may have been turned since. */
  readonly base: SourceImage
}

export interface RemovalState {
  /** Oldest first. */
  readonly pending: readonly Removal[]
}

/** The strokes that wait for their fill, or are being filled. */
export interface Removals {
  readonly store: StoreApi<RemovalState>
  add(command: MaskCommand, editor: MaskEditor, base: SourceImage): Removal
  drop(removal: Removal): void
  has(removal: Removal): boolean
  /** Takes the newest one back: it has not become a step. @returns false where there is none */
  takeBack(editor: MaskEditor | null): boolean
}

export function createRemovals(): Removals {
  const store = createStore<RemovalState>()(() => ({ pending: [] }))
  const removals: Removals = {
    store,
    add(command, editor, base) {
      const removal = { command, editor, base }
      store.setState(({ pending }) => ({ pending: [...pending, removal] }))
      return removal
    },
    drop(removal) {
      if (removals.has(removal))
        store.setState(({ pending }) => ({ pending: pending.filter((other) => other !== removal) }))
    },
    has: (removal) => store.getState().pending.includes(removal),
    takeBack(editor) {
      const newest = store.getState().pending.findLast((removal) => removal.editor === editor)
      if (newest) removals.drop(newest)
      return newest !== undefined
    },
  }
  return removals
}
