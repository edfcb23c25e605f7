import type { MaskEditor } from '../../editor/maskEditor'

/** Delay after a stroke, so that the page shows its end first, ms. */
const PACK_DELAY_MS = 100
/** Stands in where a browser has no idle callbacks: 4 ms, which pack a few tiles. */
const SHORT_DEADLINE = { didTimeout: false, timeRemaining: () => 4 }
const packing = new WeakSet<MaskEditor>()

/** Packs older undo steps while the page is idle. */
export function packWhenIdle(editor: MaskEditor): void {
  if (packing.has(editor)) return
  packing.add(editor)
  const idle =
    globalThis.requestIdleCallback ??
    ((run: IdleRequestCallback) => setTimeout(() => run(SHORT_DEADLINE), PACK_DELAY_MS))
  const pack: IdleRequestCallback = (deadline) => {
    // A stroke has the main thread to itself; its end comes back here.
    if (!editor.isDrawing && editor.packHistory(() => deadline.timeRemaining() > 1)) idle(pack)
    else packing.delete(editor)
  }
  setTimeout(() => idle(pack), PACK_DELAY_MS)
}
