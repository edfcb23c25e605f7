import type { PaintArea } from '../core/document/document'
import { UndoStack } from '../core/history/undoStack'
import { applyCommand, type MaskCommand } from '../core/mask/command/maskCommand'
import { type Mask, MaskEdit } from '../core/mask/mask'
import type { MaskEvents } from './maskEvents'
import { type AttachedChange, type EditStep, UndoStep } from './undoStep'

const UNDO_LIMITS = { budgetBytes: 64 * 1024 * 1024, minSteps: 20 }

/** What was done to one picture's areas, in one order, and the way back and forth. */
export class EditHistory {
  /** What was done, oldest first; undone steps are not among them. */
  readonly steps: EditStep[] = []
  /**
   * Counts changes of all areas: done, undone, redone, and drawn but taken back. As long as it is the same, so are they.
   */
  edits = 0
  /** Undo and redo so far: what is computed meanwhile is no longer wanted. */
  moves = 0
  private readonly areas: Readonly<Record<PaintArea, Mask>>
  private readonly events: MaskEvents
  private readonly undoStack = new UndoStack<UndoStep>(UNDO_LIMITS)

  constructor(areas: Readonly<Record<PaintArea, Mask>>, events: MaskEvents) {
    this.areas = areas
    this.events = events
  }

  get canUndo(): boolean {
    return this.undoStack.canUndo
  }

  get canRedo(): boolean {
    return this.undoStack.canRedo
  }

  /** The commands that make an area, oldest first. */
  commandsOf(area: PaintArea): readonly MaskCommand[] {
    return this.steps.flatMap((step) => (step.area === area ? (step.command ?? []) : []))
  }

  /** Applies a command as one step. @param command null where only `attached` changes something */
  apply(command: MaskCommand | null, area: PaintArea, attached: AttachedChange | null = null): void {
    const edit = new MaskEdit(this.areas[area])
    if (command) this.events.dirty(applyCommand(edit, command), area)
    this.record({ command, area, attached }, edit)
  }

  /** Takes down as a step what an edit has done. */
  record(step: EditStep, edit: MaskEdit): void {
    this.edits++
    edit.commit()
    this.steps.push(step)
    this.undoStack.push(new UndoStep(step, edit.saved))
    this.events.change({ kind: 'do', step })
  }

  undo(): void {
    const step = this.undoStack.undo((next) => this.swap(next))
    if (!step) return
    this.moves++
    this.steps.pop()
    step.attached?.undo()
    this.events.change({ kind: 'undo' })
  }

  redo(): void {
    const step = this.undoStack.redo((next) => this.swap(next))
    if (!step) return
    this.moves++
    // Without its tiles: they are the undo stack's, which drops them.
    const { command, area, attached } = step
    this.steps.push({ command, area, attached })
    attached?.redo()
    this.events.change({ kind: 'redo', step: { command, area, attached } })
  }

  /** Packs steps until `timeLeft` returns false. @returns false where nothing is left to pack */
  pack(timeLeft: () => boolean): boolean {
    return this.undoStack.pack(timeLeft)
  }

  private swap(step: UndoStep): void {
    this.edits++
    this.events.dirty(step.swap(this.areas[step.area]), step.area)
  }
}
