import type { ImagePoint } from '../core/geometry'
import { containsPoint, rectOf } from '../core/geometry'
import type { Mask } from '../core/mask/mask'
import type { MaskOperation } from '../core/mask/refine/maskOperation'
import type { MaskEditor } from '../editor/maskEditor'
import type { ComputedCommand, SelectBy } from '../editor/tool'
import { computeCommand, computeSelection, prepareSelection } from '../platform/maskClient'
import { useEditor } from './editorStore'
import { notify, reportError } from './messageStore'
import { type SourceImage, useSession } from './sessionStore'

export { prepareOperations } from '../platform/maskClient'

/** The operation that was applied last, as long as nothing else happened: its value can still be changed. */
let adjustable: {
  readonly editor: MaskEditor
  readonly kind: MaskOperation['kind']
  /** The mask before it. */
  readonly base: Mask
  /** False where it changed nothing with the value it has now. */
  applied: boolean
  revision: number
} | null = null
/** The operation that is being computed: a value that is dragged meanwhile waits for it. */
let applying: Promise<void> = Promise.resolve()
let wanted: MaskOperation | null = null
let adjusting = false

/** Changes the whole mask as one undo step; computed in a worker, dropped if the mask changed meanwhile. */
export function applyOperation(operation: MaskOperation): Promise<void> {
  applying = apply(operation)
  return applying
}

async function apply(operation: MaskOperation): Promise<void> {
  const { editor } = useSession.getState()
  if (!editor) return
  editor.finish()
  const base = snapshot(editor)
  const { revision } = useSession.getState()
  try {
    const changes = await computeCommand(base, operation)
    if (!isCurrent(editor, revision)) return
    const applied = changes.length > 0
    if (applied) editor.applyComputed({ command: operation, changes })
    adjustable = { editor, kind: operation.kind, base, applied, revision: useSession.getState().revision }
  } catch (error) {
    reportError(error)
  }
}

/** The mask as it is: tiles are never written to between edits, so the list of them is enough. */
function snapshot({ mask }: MaskEditor): Mask {
  return { ...mask, tiles: [...mask.tiles] }
}

/**
 * Shows the last operation with another value, in the same undo step: for a value that is dragged. Of values that
 * come faster than they are computed only the newest counts. Does nothing where the mask has changed since.
 */
export async function adjustOperation(operation: MaskOperation): Promise<void> {
  wanted = operation
  if (adjusting) return
  adjusting = true
  try {
    await applying
    for (let next = takeWanted(); next; next = takeWanted()) await replaceLast(next)
  } catch (error) {
    reportError(error)
  } finally {
    adjusting = false
  }
}

function takeWanted(): MaskOperation | null {
  const next = wanted
  wanted = null
  return next
}

async function replaceLast(operation: MaskOperation): Promise<void> {
  const last = adjustable
  if (last?.kind !== operation.kind || !isCurrent(last.editor, last.revision)) return
  const changes = await computeCommand(last.base, operation)
  if (!isCurrent(last.editor, last.revision)) return
  // Both before the next frame: nobody sees the mask in between.
  if (last.applied) last.editor.undo()
  last.applied = changes.length > 0
  if (last.applied) last.editor.applyComputed({ command: operation, changes })
  last.revision = useSession.getState().revision
}

function isCurrent(editor: MaskEditor, revision: number): boolean {
  const now = useSession.getState()
  return now.editor === editor && now.revision === revision
}

/** The worker gets the picture before the first selection. */
export function prepareSelecting(source: SourceImage, by: SelectBy): void {
  // Another picture that takes its place is no failure, and a worker that fails tells the selection.
  prepareSelection(source.key, source.pixels, by).catch(() => {})
}

/** What the picture shows at a point or within a loop; null where that is nothing. */
export async function selectOnPicture(
  by: SelectBy,
  outline: readonly ImagePoint[],
  erase: boolean,
): Promise<ComputedCommand | null> {
  const { source, editor } = useSession.getState()
  const { wand } = useEditor.getState()
  const [point] = outline
  if (!source || !editor || !point || (outline.length === 1 && !containsPoint(rectOf(source.pixels), point)))
    return null
  const selection =
    by === 'color'
      ? { kind: 'color' as const, point, options: wand }
      : { kind: 'object' as const, outline: [...outline], whole: erase }
  try {
    const { rect, runs } = await computeSelection(source.key, source.pixels, selection)
    if (useSession.getState().source !== source) return null
    if (rect.width === 0) {
      notify('nothing-found')
      return null
    }
    const command = {
      kind: 'raster' as const,
      mode: erase ? ('erase' as const) : ('paint' as const),
      rect,
      runs,
    }
    return { command, changes: await computeCommand(snapshot(editor), command) }
  } catch (error) {
    reportError(error)
    return null
  }
}

export function selectAll(editor: MaskEditor): void {
  const { frame } = editor.mask
  editor.apply({ kind: 'rectangle', mode: 'paint', rect: frame })
}
