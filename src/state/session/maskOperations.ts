import { containsPoint, type ImagePoint, intersectRect, type Rect, rectOf } from '../../core/geometry'
import type { Mask } from '../../core/mask/mask'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { lastMaskOf } from '../../core/mask/command/lastMask'
import type { AreaMode } from '../../core/mask/raster/writeRaster'
import type { MaskOperation } from '../../core/mask/refine/maskOperation'
import type { MaskEditor } from '../../editor/maskEditor'
import type { ComputedCommand, SelectBy } from '../../editor/tool'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { SettingsRoom } from '../shell/settings'
import type { ToolSettings } from '../shell/toolSettings'
import { pictureSize } from './source'
import { selectPaintArea } from './paintArea'
import type { Session } from './session'
import type { SourceImage } from './source'

export interface MaskOperations {
  /**
   * Changes the whole mask as one undo step, computed in a worker. Operations are queued: each is applied to the mask as
   * it is when its turn comes, and none is lost to a stroke or another operation.
   */
  apply(operation: MaskOperation): Promise<void>
  /**
   * Shows the last operation with another value, in the same undo step: for a value that is dragged. Of values that
   * come faster than they are computed only the newest counts. Does nothing where the mask has changed since.
   */
  adjust(operation: MaskOperation): Promise<void>
  /** Puts what the last clear took away in the place of the mask, as one undo step. */
  restoreLast(): Promise<void>
  /** Puts what commands make over a frame in the place of the mask, as one undo step. */
  replace(frame: Rect, commands: readonly MaskCommand[]): Promise<void>
  /** Paints the whole frame. */
  selectAll(): void
  /** What the picture shows at a point or within a loop; null where that is nothing. */
  select(by: SelectBy, outline: readonly ImagePoint[], mode: AreaMode): Promise<ComputedCommand | null>
  /** The worker gets the picture before the first selection. */
  prepareSelecting(source: SourceImage, by: SelectBy): void
  /** The workers' code is compiled before the first operation. */
  prepare(): void
}

export interface OperationRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly settings: SettingsRoom
  readonly tools: ToolSettings
}

/** The operation that was applied last, as long as nothing else happened: its value can still be changed. */
interface Adjustable {
  readonly editor: MaskEditor
  readonly kind: MaskOperation['kind']
  /** The mask before it. */
  readonly base: Mask
  /** False where it changed nothing with the value it has now. */
  applied: boolean
  edits: number
}

export function createMaskOperations({
  ports,
  messages,
  session,
  settings,
  tools,
}: OperationRooms): MaskOperations {
  let queue: Promise<void> = Promise.resolve()
  let adjustable: Adjustable | null = null
  let wanted: MaskOperation | null = null
  let adjusting = false

  const isOpen = (editor: MaskEditor) => session.store.getState().editor === editor

  /** Computes again where a stroke came in between, so that nothing is lost. */
  const run = async (editor: MaskEditor, operation: MaskOperation) => {
    while (isOpen(editor)) {
      await strokeEnd(editor)
      const base = snapshot(editor.mask)
      const { edits } = editor
      const changes = await ports.masks.command(base, operation)
      if (!isOpen(editor)) return
      const applied = changes.length > 0
      const isCurrent = applied
        ? editor.applyComputed({ command: operation, changes }, edits)
        : editor.edits === edits
      if (!isCurrent) continue
      adjustable = { editor, kind: operation.kind, base, applied, edits: editor.edits }
      return
    }
  }

  const replay = async (
    editor: MaskEditor,
    made: () => { readonly frame: Rect; readonly commands: readonly MaskCommand[] } | null,
  ) => {
    while (isOpen(editor)) {
      await strokeEnd(editor)
      const { edits } = editor
      const next = made()
      const into = editor.mask.frame
      const replayed = next && (await ports.masks.replay(next.frame, next.commands, into))
      if (!replayed || !isOpen(editor) || editor.applyComputed(replayed, edits)) return
    }
  }

  const replaceLast = async (operation: MaskOperation) => {
    const last = adjustable
    const isCurrent = () => last !== null && isOpen(last.editor) && last.editor.edits === last.edits
    if (last?.kind !== operation.kind || !isCurrent()) return
    const changes = await ports.masks.command(last.base, operation)
    if (!isCurrent() || isPainting(last.editor)) return
    // Both happen before the next frame: the mask in between is never drawn.
    if (last.applied) last.editor.undo()
    last.applied = changes.length > 0
    if (last.applied) last.editor.applyComputed({ command: operation, changes })
    last.edits = last.editor.edits
  }

  return {
    apply(operation) {
      const { editor } = session.store.getState()
      if (!editor) return queue
      editor.finish()
      queue = queue.then(() => run(editor, operation)).catch(messages.report)
      return queue
    },
    async adjust(operation) {
      wanted = operation
      if (adjusting) return
      adjusting = true
      try {
        await queue
        while (wanted) {
          const next = wanted
          wanted = null
          await replaceLast(next)
        }
      } catch (error) {
        messages.report(error)
      } finally {
        adjusting = false
      }
    },
    restoreLast() {
      const { editor } = session.store.getState()
      const made = () => {
        const commands = editor && lastMaskOf(editor.commands)
        return commands ? { frame: editor.mask.frame, commands } : null
      }
      editor?.finish()
      queue = queue.then(() => (editor ? replay(editor, made) : undefined)).catch(messages.report)
      return queue
    },
    replace(frame, commands) {
      const { editor } = session.store.getState()
      editor?.finish()
      queue = queue
        .then(() => (editor ? replay(editor, () => ({ frame, commands })) : undefined))
        .catch(messages.report)
      return queue
    },
    selectAll() {
      const { editor } = session.store.getState()
      editor?.apply({ kind: 'rectangle', mode: 'paint', rect: editor.mask.frame })
    },
    async select(by, outline, mode) {
      const { source, frame, editor } = session.store.getState()
      const { wand } = tools.store.getState()
      const [point] = outline
      if (!source || !frame || !editor || !point) return null
      const seen = intersectRect(frame, rectOf(pictureSize(source)))
      if (outline.length === 1 && !containsPoint(seen, point)) return null
      const selection =
        by === 'color'
          ? { kind: 'color' as const, point, options: wand }
          : { kind: 'object' as const, outline: [...outline], whole: mode === 'erase' }
      try {
        const { rect, runs } = await ports.masks.selection(shownKey(source), source.pixels, selection)
        if (session.store.getState().source !== source) return null
        if (rect.width === 0) {
          messages.notify('nothing-found')
          return null
        }
        const command = { kind: 'raster' as const, mode, rect, runs }
        const area = selectPaintArea({ settings: settings.store.getState(), tools: tools.store.getState() })
        return { command, changes: await ports.masks.command(snapshot(editor[area]), command) }
      } catch (error) {
        messages.report(error)
        return null
      }
    },
    prepareSelecting(source, by) {
      // A newer picture ends it, which is no failure; a failing worker is reported by the selection.
      ports.masks.prepareSelection(shownKey(source), source.pixels, by).catch(() => {})
    },
    prepare: () => ports.masks.prepareOperations(),
  }
}

const shownKeys = new WeakMap<SourceImage, string>()

/** Tells what is shown from the same picture with other results kept over it. */
function shownKey(source: SourceImage): string {
  const key = shownKeys.get(source) ?? crypto.randomUUID()
  shownKeys.set(source, key)
  return key
}

/** A mask as it is: tiles are never written to between edits, so the list of them is enough. */
export function snapshot(mask: Mask): Mask {
  return { ...mask, tiles: [...mask.tiles] }
}

/** True while a gesture may have written to the mask without being part of its history yet. */
function isPainting(editor: MaskEditor): boolean {
  return editor.isDrawing && !editor.isBetweenClicks
}

function strokeEnd(editor: MaskEditor): Promise<void> {
  if (!isPainting(editor)) return Promise.resolve()
  return new Promise((resolve) => {
    const unsubscribe = editor.subscribe({
      change: () => {
        if (isPainting(editor)) return
        unsubscribe()
        resolve()
      },
    })
  })
}
