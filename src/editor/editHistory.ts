import type { PaintArea } from '../core/document/document'
import { UndoStack } from '../core/history/undoStack'
import { applyChanges } from '../core/mask/command/maskBand'
import { applyCommand, type MaskCommand, replayCommands } from '../core/mask/command/maskCommand'
import { type Mask, MaskEdit, savedRect } from '../core/mask/mask'
import type { MaskEvents } from './maskEvents'
import type { ComputedCommand } from './tool'
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

  /** Applies a command as one step. */
  apply(command: MaskCommand, area: PaintArea): void {
    this.change({ command, area, edit: null }, null)
  }

  /** Puts in place what a worker has computed, as one step. */
  put({ command, changes }: ComputedCommand, area: PaintArea): void {
    const mask = this.areas[area]
    const edit = new MaskEdit(mask)
    applyChanges(edit, changes)
    this.events.dirty(savedRect(mask, edit.saved), area)
    this.record({ command, area, edit: null }, edit)
  }

  /** Makes an area to start with, which is no step to undo. */
  settle(commands: readonly MaskCommand[], area: PaintArea): void {
    replayCommands(this.areas[area], commands)
    this.steps.push(...commands.map((command) => ({ command, area, edit: null })))
  }

  /** Applies a step. @param attached undoes its edit, which is done already */
  change(step: EditStep, attached: AttachedChange | null): void {
    const { command, area } = step
    const edit = new MaskEdit(this.areas[area])
    if (command) this.events.dirty(applyCommand(edit, command), area)
    this.record(step, edit, attached)
  }

  /** Takes down as a step what an edit has done. */
  record(step: EditStep, edit: MaskEdit, attached: AttachedChange | null = null): void {
    this.edits++
    edit.commit()
    this.steps.push(step)
    this.undoStack.push(new UndoStep(step, edit.saved, attached))
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
    // Without its tiles and pixels: they are the undo stack's, which drops them.
    const { command, area, edit, attached } = step
    this.steps.push({ command, area, edit })
    attached?.redo()
    this.events.change({ kind: 'redo', step: { command, area, edit } })
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
