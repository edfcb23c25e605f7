import { isPatchEdit, isRegionEdit } from '../../core/document/edits'
import { editRegions, type MaskRegion } from '../../core/document/regions'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import type { DocumentContents, NumberedStep } from '../../core/document/storedDocument'
import type { MaskEditor } from '../../editor/maskEditor'
import type { MaskChange } from '../../editor/maskEvents'
import type { OpenDocument } from './openDocument'

/** A stroke that takes long is written meanwhile, ms. */
const DRAWING_MS = 500

/**
 * Takes down every step of an editor in its document.
 * @param write called after each
 * @returns a function that stops it
 */
export function takeSteps(document: OpenDocument, editor: MaskEditor, write: () => void): () => void {
  let drawing: ReturnType<typeof setInterval> | undefined
  const takeDrawn = () => {
    const { drawn } = editor
    if (!drawn) return
    document.draw({ ...drawn, edit: null }, now())
    write()
  }
  const stop = editor.subscribe({
    change(change) {
      clearInterval(drawing)
      if (change.kind === 'begin') drawing = setInterval(takeDrawn, DRAWING_MS)
      else {
        take(document, change)
        write()
      }
    },
  })
  return () => {
    clearInterval(drawing)
    stop()
  }
}

function take(document: OpenDocument, change: Exclude<MaskChange, { kind: 'begin' }>): void {
  if (change.kind === 'do') document.do(change.step, now())
  else if (change.kind === 'undo') document.undo()
  else if (change.kind === 'redo') document.redo()
  else document.cancel()
}

function now(): string {
  return new Date().toISOString()
}

/** The steps of a path without the edits that undo does not go back over, or that name a region which is not there. */
export function openedPath(
  path: readonly NumberedStep[],
  settled: readonly MaskRegion[],
): readonly NumberedStep[] {
  let regions = settled
  return path.map((step) => {
    const { edit } = step
    if (isPatchEdit(edit)) return step
    if (!isRegionEdit(edit)) return edit ? { ...step, edit: null } : step
    try {
      regions = editRegions(regions, edit)
      return step
    } catch {
      // A step before it was lost.
      return { ...step, edit: null }
    }
  })
}

/** What a run sends after the steps of a path. @param contents what the document says; null where it is about other steps */
export function sentAt(path: readonly NumberedStep[], contents: DocumentContents | null): SentArea {
  if (contents) return contents.sent
  const chosen = path.map(({ edit }) => edit).findLast((edit) => edit?.kind === 'sent')
  return chosen?.kind === 'sent' ? chosen.sent : DEFAULT_SENT
}
