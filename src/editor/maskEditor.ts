import type { ImagePoint, Rect } from '../core/geometry'
import { UndoStack } from '../core/history/undoStack'
import { createMask, isMaskEmpty, type Mask, MaskEdit, savedRect } from '../core/mask/mask'
import { applyCommand, type MaskCommand, replayCommands } from '../core/mask/command/maskCommand'
import { applyChanges } from '../core/mask/command/maskBand'
import { type MaskEditorEvents, MaskEvents } from './maskEvents'
import { OpenGesture } from './openGesture'
import type { ComputedCommand, Gesture, PointerInput, Preview, Tool, ToolServices } from './tool'
import { type AttachedChange, type EditStep, UndoStep } from './undoStep'

const UNDO_LIMITS = { budgetBytes: 64 * 1024 * 1024, minSteps: 20 }

/** The editor of one picture's mask, without a view: takes pointer input, holds the mask and its undo history. */
export class MaskEditor {
  readonly mask: Mask
  /** What was done, oldest first; undone steps are not among them. */
  readonly steps: EditStep[] = []
  private readonly undoStack = new UndoStack<UndoStep>(UNDO_LIMITS)
  private readonly events = new MaskEvents()
  private open: OpenGesture | null = null
  /** A gesture that only moves the view; the open gesture waits meanwhile. */
  private navigation: Gesture | null = null
  private lastPoint: ImagePoint | null = null
  private editCount = 0
  /** Undo and redo so far: what is computed meanwhile is no longer wanted. */
  private stepsThroughHistory = 0

  /**
   * @param frame image px
   * @param commands make the mask to start with
   * @param settled true where they are not steps to undo
   * @param attached what was done besides the mask: no steps to undo
   */
  constructor(
    frame: Rect,
    commands: readonly MaskCommand[] = [],
    settled = false,
    attached: readonly AttachedChange[] = [],
  ) {
    this.mask = createMask(frame)
    this.steps.push(...attached.map((change) => ({ command: null, attached: change })))
    if (settled) {
      replayCommands(this.mask, commands)
      this.steps.push(...commands.map((command) => ({ command, attached: null })))
    } else for (const command of commands) this.apply(command)
  }

  subscribe(listener: Partial<MaskEditorEvents>): () => void {
    return this.events.subscribe(listener)
  }

  /** The commands that make the mask, oldest first. */
  get commands(): readonly MaskCommand[] {
    return this.steps.flatMap(({ command }) => command ?? [])
  }

  get canUndo(): boolean {
    return this.undoStack.canUndo
  }

  get canRedo(): boolean {
    return this.undoStack.canRedo
  }

  /**
   * Counts changes of the mask: done, undone, redone, and drawn but taken back. As long as it is the same, so is the
   * mask. Gestures that change nothing do not count.
   */
  get edits(): number {
    return this.editCount
  }

  /** True during a gesture, and between the clicks of one. */
  get isDrawing(): boolean {
    return this.open !== null || this.navigation !== null
  }

  get isEmpty(): boolean {
    return isMaskEmpty(this.mask)
  }

  /** The outline of the open gesture; null where there is none. */
  get preview(): Preview | null {
    return this.open?.gesture.preview ?? null
  }

  /** True while a gesture waits for its next click, with no button held: it wants moves all the same. */
  get isBetweenClicks(): boolean {
    return this.navigation === null && this.open !== null && this.open.hasClicks && !this.open.isPressed
  }

  /**
   * Pointer down. A gesture of several clicks takes it as its next click if the tool is the same. A tool that only
   * navigates leaves a gesture between clicks open. Otherwise the open gesture is finished first.
   */
  begin(tool: Tool, input: PointerInput, services: ToolServices): void {
    if (tool.navigates) {
      if (!this.isBetweenClicks) this.finish()
      this.navigation = tool.begin(input, { ...services, lastPoint: this.lastPoint, draw: () => {} })
      this.events.change({ kind: 'begin' })
      return
    }
    this.endNavigation()
    if (this.open?.hasClicks && this.open.tool === tool) {
      this.open.press(input)
      this.events.preview()
      return
    }
    this.finish()
    const host = { ...services, lastPoint: this.lastPoint }
    this.open = new OpenGesture(this.mask, tool, input, host, (changed) => this.events.dirty(changed))
    this.events.change({ kind: 'begin' })
  }

  move(input: PointerInput): void {
    if (this.navigation) this.navigation.move(input)
    else if (this.open) {
      this.open.gesture.move(input)
      if (this.open.gesture.preview) this.events.preview()
    }
  }

  /** Pointer up: ends the gesture, unless it waits for further clicks. */
  release(): void {
    if (this.endNavigation() || !this.open) return
    if (this.open.release()) this.finish()
  }

  /** Ends the open gesture: it becomes one undo step. A command that was only outlined is applied now. */
  finish(): void {
    if (!this.open) return
    const { edit, gesture } = this.open
    const command = gesture.finish()
    if (!command || command instanceof Promise) {
      this.discard()
      if (command) void this.applyLater(command)
      return
    }
    this.open = null
    if (command.kind === 'stroke') this.lastPoint = command.points.at(-1) ?? null
    else this.events.dirty(applyCommand(edit, command))
    this.events.preview()
    this.record(command, edit)
  }

  /**
   * Takes back what the pointer that is down began: a pan, a stroke, or the last click of a gesture of several. With
   * no pointer down the open gesture is taken back.
   * @returns false where there is nothing to take back
   */
  cancel(): boolean {
    if (this.endNavigation()) return true
    if (!this.open?.dropPress()) return this.discard()
    this.events.preview()
    return true
  }

  /** Takes the open gesture back as if it had not been. */
  private discard(): boolean {
    if (!this.open) return false
    const { edit } = this.open
    this.open = null
    // A computation that read the mask while it was drawn on is out of date.
    if (edit.saved.size > 0) this.editCount++
    this.events.dirty(edit.revert())
    this.events.preview()
    this.events.change({ kind: 'cancel' })
    return true
  }

  private endNavigation(): boolean {
    const { navigation } = this
    if (!navigation) return false
    this.navigation = null
    void navigation.finish()
    this.events.change({ kind: 'cancel' })
    return true
  }

  /** Applies a command as one undo step. */
  apply(command: MaskCommand): void {
    this.finish()
    const edit = new MaskEdit(this.mask)
    this.events.dirty(applyCommand(edit, command))
    this.record(command, edit)
  }

  /**
   * Applies a command that a worker has computed, as one undo step. A gesture that has drawn nothing stays open.
   * @param edits `edits` as it was when the computation began
   * @returns false where the mask has changed since, or is being drawn on: nothing is applied then
   */
  applyComputed({ command, changes }: ComputedCommand, edits = this.editCount): boolean {
    if (edits !== this.editCount || this.open?.hasDrawn) return false
    const edit = new MaskEdit(this.mask)
    applyChanges(edit, changes)
    this.events.dirty(savedRect(this.mask, edit.saved))
    this.record(command, edit)
    return true
  }

  /**
   * Does something besides the mask as one undo step.
   * @param command changes the mask in the same step and finishes the open gesture; without one that stays open
   */
  attach(attached: AttachedChange, command: MaskCommand | null): void {
    if (command) this.finish()
    const edit = new MaskEdit(this.mask)
    attached.redo()
    if (command) this.events.dirty(applyCommand(edit, command))
    this.record(command, edit, attached)
  }

  private async applyLater(coming: Promise<ComputedCommand | null>): Promise<void> {
    const { edits, stepsThroughHistory } = this
    const computed = await coming
    if (!computed || this.applyComputed(computed, edits)) return
    // The mask has changed since: the command makes its tiles anew, once nothing is being drawn.
    while (this.open?.hasDrawn) await this.events.nextChange()
    if (this.stepsThroughHistory !== stepsThroughHistory) return
    const edit = new MaskEdit(this.mask)
    this.events.dirty(applyCommand(edit, computed.command))
    this.record(computed.command, edit)
  }

  /** Takes back the open gesture, or where there is none the last step. */
  undo(): void {
    if (this.discard()) return
    const step = this.undoStack.undo((next) => this.swap(next))
    if (!step) return
    this.stepsThroughHistory++
    this.steps.pop()
    step.attached?.undo()
    this.events.change({ kind: 'undo' })
  }

  redo(): void {
    this.discard()
    const step = this.undoStack.redo((next) => this.swap(next))
    if (!step) return
    this.stepsThroughHistory++
    // Without its tiles: they are the undo stack's, which drops them.
    const { command, attached } = step
    this.steps.push({ command, attached })
    attached?.redo()
    this.events.change({ kind: 'redo', step: { command, attached } })
  }

  /**
   * Packs undo steps until `timeLeft` returns false; to be called when the page is idle.
   * @returns false where nothing is left to pack
   */
  packHistory(timeLeft: () => boolean): boolean {
    return this.undoStack.pack(timeLeft)
  }

  private record(command: MaskCommand | null, edit: MaskEdit, attached: AttachedChange | null = null): void {
    this.editCount++
    edit.commit()
    const step = { command, attached }
    this.steps.push(step)
    this.undoStack.push(new UndoStep(step, edit.saved))
    this.events.change({ kind: 'do', step })
  }

  private swap(step: UndoStep): void {
    this.editCount++
    this.events.dirty(step.swap(this.mask))
  }
}
