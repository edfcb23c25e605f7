import type { ImagePoint, Rect } from '../core/geometry'
import { UndoStack } from '../core/history/undoStack'
import { createMask, isMaskEmpty, type Mask, MaskEdit, savedRect } from '../core/mask/mask'
import { applyCommand, type MaskCommand, replayCommands } from '../core/mask/command/maskCommand'
import { applyChanges } from '../core/mask/command/maskBand'
import { UndoStep } from './undoStep'
import type { ComputedCommand, Gesture, PointerInput, Preview, Tool, ToolServices } from './tool'

const UNDO_LIMITS = { budgetBytes: 64 * 1024 * 1024, minSteps: 20 }

export interface MaskEditorEvents {
  /** Pixels changed within the rectangle (image px). Fires often: paint, do not render. */
  dirty(rect: Rect): void
  /** The outline of the open gesture changed, or went. */
  preview(): void
  /** The history changed: undo, redo and emptiness may differ. */
  change(change: MaskChange): void
}

export type MaskChange =
  | { readonly kind: 'do' | 'redo'; readonly command: MaskCommand }
  | { readonly kind: 'undo' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'cancel' }

/** Headless: pointer input in, mask and undo out. Holds the mask of one picture. */
export class MaskEditor {
  readonly mask: Mask
  /** Every command that made the mask, oldest first; undone ones are gone. */
  readonly commands: MaskCommand[] = []
  private readonly undoStack = new UndoStack<UndoStep>(UNDO_LIMITS)
  private readonly listeners = new Set<Partial<MaskEditorEvents>>()
  private open: { edit: MaskEdit; gesture: Gesture; tool: Tool } | null = null
  private lastPoint: ImagePoint | null = null
  /** Counts what became of the mask: done, undone, redone. */
  private edits = 0

  /** @param settled the commands are where this editor starts: not steps to undo */
  constructor(frame: Rect, commands: readonly MaskCommand[] = [], settled = false) {
    this.mask = createMask(frame)
    if (settled) {
      replayCommands(this.mask, commands)
      this.commands.push(...commands)
    } else for (const command of commands) this.apply(command)
  }

  subscribe(listener: Partial<MaskEditorEvents>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get canUndo(): boolean {
    return this.undoStack.canUndo
  }

  get canRedo(): boolean {
    return this.undoStack.canRedo
  }

  get isDrawing(): boolean {
    return this.open !== null
  }

  get isEmpty(): boolean {
    return isMaskEmpty(this.mask)
  }

  /** What is to be shown of the open gesture; null where there is nothing. */
  get preview(): Preview | null {
    return this.open?.gesture.preview ?? null
  }

  /** True while a gesture goes on without a button held: its moves are wanted as well. */
  get isBetweenClicks(): boolean {
    return this.open?.gesture.again !== undefined
  }

  /** Pointer down. A gesture of several clicks takes it; any other open one is ended first. */
  begin(tool: Tool, input: PointerInput, services: ToolServices): void {
    if (this.open?.gesture.again && this.open.tool === tool) {
      if (this.open.gesture.again(input) === 'done') this.finish()
      else this.emitPreview()
      return
    }
    this.finish()
    const edit = new MaskEdit(this.mask)
    const gesture = tool.begin(input, {
      ...services,
      lastPoint: this.lastPoint,
      draw: (write) => this.emitDirty(write(edit)),
    })
    this.open = { edit, gesture, tool }
    this.emitChange({ kind: 'begin' })
  }

  move(input: PointerInput): void {
    if (!this.open) return
    this.open.gesture.move(input)
    if (this.open.gesture.preview) this.emitPreview()
  }

  /** Pointer up: ends the gesture, unless it goes on by further clicks. */
  release(): void {
    if (!this.isBetweenClicks) this.finish()
  }

  /** The gesture becomes one undo step. A command that was only shown so far is applied. */
  finish(): void {
    if (!this.open) return
    const { edit, gesture } = this.open
    this.open = null
    const command = gesture.finish()
    if (command instanceof Promise) {
      void this.applyLater(command)
      return
    }
    if (!command) {
      this.takeBack(edit)
      this.emitPreview()
      this.emitChange({ kind: 'cancel' })
      return
    }
    if (command.kind === 'stroke') this.lastPoint = command.points.at(-1) ?? null
    else this.emitDirty(applyCommand(edit, command))
    this.emitPreview()
    this.record(command, edit)
  }

  /** Takes an open gesture back as if it had not been. @returns false where none is open */
  cancel(): boolean {
    if (!this.open) return false
    const { edit } = this.open
    this.open = null
    this.takeBack(edit)
    this.emitPreview()
    this.emitChange({ kind: 'cancel' })
    return true
  }

  /** Applies a command as one undo step. */
  apply(command: MaskCommand): void {
    this.finish()
    const edit = new MaskEdit(this.mask)
    this.emitDirty(applyCommand(edit, command))
    this.record(command, edit)
  }

  /** Applies a command that was computed elsewhere, on the mask as it is now: the tiles that it changes. */
  applyComputed({ command, changes }: ComputedCommand): void {
    this.finish()
    const edit = new MaskEdit(this.mask)
    applyChanges(edit, changes)
    this.emitDirty(savedRect(this.mask, edit.saved))
    this.record(command, edit)
  }

  private async applyLater(coming: Promise<ComputedCommand | null>): Promise<void> {
    const { edits } = this
    const computed = await coming
    if (computed && this.edits === edits && !this.open) this.applyComputed(computed)
  }

  undo(): void {
    if (this.cancel()) return
    const step = this.undoStack.undo((next) => this.swap(next))
    if (!step) return
    this.commands.pop()
    this.emitChange({ kind: 'undo' })
  }

  redo(): void {
    this.cancel()
    const step = this.undoStack.redo((next) => this.swap(next))
    if (!step) return
    this.commands.push(step.command)
    this.emitChange({ kind: 'redo', command: step.command })
  }

  /**
   * Packs older undo steps until `timeLeft` says false. To be called when the page is idle.
   * @returns false where nothing is left to pack
   */
  packHistory(timeLeft: () => boolean): boolean {
    return this.undoStack.pack(timeLeft)
  }

  private record(command: MaskCommand, edit: MaskEdit): void {
    this.edits++
    edit.commit()
    this.commands.push(command)
    this.undoStack.push(new UndoStep(command, edit.saved))
    this.emitChange({ kind: 'do', command })
  }

  private swap(step: UndoStep): void {
    this.edits++
    this.emitDirty(step.swap(this.mask))
  }

  /** What was computed from the mask while it was drawn on holds no longer. */
  private takeBack(edit: MaskEdit): void {
    if (edit.saved.size > 0) this.edits++
    this.emitDirty(edit.revert())
  }

  private emitDirty(rect: Rect): void {
    if (rect.width === 0) return
    for (const listener of this.listeners) listener.dirty?.(rect)
  }

  private emitPreview(): void {
    for (const listener of this.listeners) listener.preview?.()
  }

  private emitChange(change: MaskChange): void {
    for (const listener of this.listeners) listener.change?.(change)
  }
}
