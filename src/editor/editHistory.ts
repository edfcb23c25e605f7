import type { PaintArea } from '../core/document/document'
import type { FrameEdit, StepEdit, TurnEdit } from '../core/document/edits'
import type { Rect } from '../core/geometry'
import { UndoStack } from '../core/history/undoStack'
import { applyChanges } from '../core/mask/command/maskBand'
import { applyCommand, type MaskCommand, replayCommands } from '../core/mask/command/maskCommand'
import { createMask, type Mask } from '../core/mask/mask'
import { MaskEdit, savedRect } from '../core/mask/maskEdit'
import { FULL_TILE } from '../core/mask/tiles'
import type { MaskEvents } from './maskEvents'
import type { ComputedCommand } from './tool'
import { type AttachedChange, type EditStep, UndoStep } from './undoStep'

/** What is painted over a frame. */
export type Areas = Readonly<Record<PaintArea, Mask>>

const UNDO_LIMITS = { budgetBytes: 64 * 1024 * 1024, minSteps: 20, maxPictures: 3 }

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
  /** What is painted, as it is now. */
  areas: Areas
  private readonly events: MaskEvents
  private readonly undoStack = new UndoStack<UndoStep>(UNDO_LIMITS)
  /** What was painted ahead of its steps, the next one first. */
  private readonly ahead: { readonly place: number; readonly step: UndoStep }[] = []

  /** @param frame image px */
  constructor(frame: Rect, events: MaskEvents) {
    this.areas = { mask: createMask(frame), sampling: createMask(frame), guides: createMask(frame) }
    this.events = events
  }

  /** What was undone, the next step to redo first. */
  get undone(): EditStep[] {
    return this.undoStack.undone.map(({ command, area, edit }) => ({ command, area, edit }))
  }

  get canUndo(): boolean {
    return this.undoStack.canUndo
  }

  get canRedo(): boolean {
    return this.undoStack.canRedo
  }

  /** The commands that make an area, oldest first. */
  commandsOf(area: PaintArea): readonly MaskCommand[] {
    return commandsOfSteps(this.steps, area)
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
  change(step: EditStep, attached: AttachedChange | null): UndoStep {
    const { command, area } = step
    const edit = new MaskEdit(this.areas[area])
    if (command) this.events.dirty(applyCommand(edit, command), area)
    return this.record(step, edit, attached)
  }

  /** @see MaskEditor.paintAhead */
  paintAhead(command: MaskCommand | null, area: PaintArea): void {
    const place = this.steps.length
    this.ahead.push({ place, step: this.change({ command, area, edit: null }, null) })
  }

  /** Does the rest of a step whose painting was done ahead. @returns false where none was */
  finishAhead(edit: StepEdit | null, attached: AttachedChange | null): boolean {
    const done = this.ahead.shift()
    if (done && edit && attached) {
      this.steps[done.place] = { ...this.steps[done.place], edit }
      done.step.attach(edit, attached)
    }
    return done !== undefined
  }

  /** @see MaskEditor.reframe */
  reframe(edit: FrameEdit | TurnEdit, after: Areas, onFrame: (frame: Rect) => void): void {
    const step: EditStep = { command: null, area: 'mask', edit }
    const before = this.areas
    const show = (areas: Areas) => {
      this.areas = areas
      onFrame(areas.mask.frame)
    }
    const attached: AttachedChange = {
      bytes: bytesOfAreas(before) + bytesOfAreas(after),
      holdsPicture: edit.kind === 'turn',
      undo: () => show(before),
      redo: () => show(after),
    }
    // What is computed for the picture before does not fit the turned one.
    if (edit.kind === 'turn') this.moves++
    attached.redo()
    this.record(step, new MaskEdit(after.mask), attached)
  }

  /** Takes down as a step what an edit has done. */
  record(step: EditStep, edit: MaskEdit, attached: AttachedChange | null = null): UndoStep {
    this.edits++
    edit.commit()
    this.steps.push(step)
    const undoStep = new UndoStep(step, edit.saved, attached)
    this.undoStack.push(undoStep)
    this.events.change({ kind: 'do', step })
    return undoStep
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

/** The commands of an area among steps, oldest first. */
export function commandsOfSteps(steps: readonly EditStep[], area: PaintArea): readonly MaskCommand[] {
  // What was painted before a turn is in its own commands.
  const start = Math.max(
    0,
    steps.findLastIndex(({ edit }) => edit?.kind === 'turn'),
  )
  return steps.slice(start).flatMap((step) => commandsOfStep(step, area))
}

function commandsOfStep({ command, area: painted, edit }: EditStep, area: PaintArea): readonly MaskCommand[] {
  if (edit?.kind === 'frame' && area === 'mask') return edit.mask
  if (edit?.kind === 'turn') return edit[area]
  return command && painted === area ? [command] : []
}

function bytesOfAreas({ mask, sampling, guides }: Areas): number {
  const tiles = [mask, sampling, guides].flatMap((area) => area.tiles)
  return tiles.reduce((sum, tile) => sum + (tile && tile !== FULL_TILE ? tile.length : 0), 0)
}
