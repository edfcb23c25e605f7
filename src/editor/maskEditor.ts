import type { PaintArea } from '../core/document/document'
import type { FrameEdit, StepEdit, TurnEdit } from '../core/document/edits'
import type { ImagePoint, Rect } from '../core/geometry'
import { applyCommand, type MaskCommand } from '../core/mask/command/maskCommand'
import type { Areas } from './editHistory'
import { OpenGesture } from './openGesture'
import { PaintedAreas } from './paintedAreas'
import type { ComputedCommand, Gesture, PointerInput, Preview, Tool, ToolServices } from './tool'
import type { AttachedChange, EditStep } from './undoStep'

/** The editor of what is drawn over one picture, without a view: pointer input in, its areas and their history out. */
export class MaskEditor extends PaintedAreas {
  private open: OpenGesture | null = null
  /** A gesture that only moves the view; the open gesture waits meanwhile. */
  private navigation: Gesture | null = null
  private lastPoint: ImagePoint | null = null

  /**
   * @param frame image px
   * @param start make each area as it is to start with; one that is left out is empty
   * @param settled true where they are not steps to undo
   */
  constructor(
    frame: Rect,
    start: Readonly<Partial<Record<PaintArea, readonly MaskCommand[]>>> = {},
    settled = false,
  ) {
    super(frame)
    for (const area of ['guides', 'sampling', 'mask'] as const) {
      const commands = start[area] ?? []
      if (settled) this.history.settle(commands, area)
      else for (const command of commands) this.apply(command, area)
    }
  }

  /** True during a gesture, and between the clicks of one. */
  get isDrawing(): boolean {
    return this.open !== null || this.navigation !== null
  }

  /** The step that the open gesture would be if it ended now; null where that is not known. */
  get drawn(): Omit<EditStep, 'edit'> | null {
    const command = this.open?.gesture.soFar?.()
    return command && this.open ? { command, area: this.open.area } : null
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
    const area = tool.draws ?? services.area
    if (tool.navigates) {
      if (!this.isBetweenClicks) this.finish()
      this.navigation = tool.begin(input, { ...services, lastPoint: this.lastPoint, draw: () => {} })
      this.events.change({ kind: 'begin' })
      return
    }
    this.endNavigation()
    if (this.open?.hasClicks && this.open.tool === tool && this.open.area === area) {
      this.open.press(input)
      this.events.preview()
      return
    }
    this.finish()
    const host = { ...services, area, lastPoint: this.lastPoint }
    this.open = new OpenGesture(this[area], area, tool, input, host, (changed) =>
      this.events.dirty(changed, area),
    )
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
    const { edit, gesture, area, hasDrawn } = this.open
    const command = gesture.finish()
    if (!command || command instanceof Promise) {
      this.discard()
      if (command) void this.applyLater(command, area)
      return
    }
    this.open = null
    if (!hasDrawn) this.events.dirty(applyCommand(edit, command), area)
    else if (command.kind === 'stroke') this.lastPoint = command.points.at(-1) ?? null
    this.events.preview()
    this.history.record({ command, area, edit: null }, edit)
  }

  /**
   * Takes back what the pointer that is down began: a pan, a stroke, or the last click of several; else the open gesture.
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
    const { edit, area } = this.open
    this.open = null
    // A computation that read the mask while it was drawn on is out of date.
    if (edit.saved.size > 0) this.history.edits++
    this.events.dirty(edit.revert(), area)
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
  apply(command: MaskCommand, area: PaintArea = 'mask'): void {
    this.finish()
    if (!this.history.finishAhead(null, null)) this.history.apply(command, area)
  }

  /**
   * Paints what a step paints before the rest of it can be done: its picture is still being decoded. `apply` or `attach` is
   * called for the same steps afterwards, in the same order, and finds that done.
   */
  paintAhead(command: MaskCommand | null, area: PaintArea): void {
    this.history.paintAhead(command, area)
  }

  /**
   * Applies a command that a worker has computed, as one undo step. A gesture that has drawn nothing stays open.
   * @param edits `edits` as it was when the computation began
   * @returns false where the mask has changed since, or is being drawn on: nothing is applied then
   */
  applyComputed(computed: ComputedCommand, edits = this.edits, area: PaintArea = 'mask'): boolean {
    if (edits !== this.edits || this.open?.hasDrawn) return false
    this.history.put(computed, area)
    return true
  }

  /**
   * Does something besides the mask as one undo step.
   * @param edit null where no kept result changes
   * @param attached does and undoes it
   * @param command changes the mask in the same step and finishes the open gesture; without one that stays open
   */
  attach(edit: StepEdit | null, attached: AttachedChange, command: MaskCommand | null): void {
    if (command) this.finish()
    attached.redo()
    if (!this.history.finishAhead(edit, attached))
      this.history.change({ command, area: 'mask', edit }, attached)
  }

  /**
   * Shows another part of the picture, or the picture turned, as one undo step: the areas are what their commands make
   * over it.
   * @param areas as the steps with this one make them over what is shown from now on; nothing is being drawn
   * @param onFrame hears which frame is shown, now and with each undo and redo
   */
  reframe(edit: FrameEdit | TurnEdit, areas: Areas, onFrame: (frame: Rect) => void): void {
    this.finish()
    this.history.reframe(edit, areas, onFrame)
  }

  private async applyLater(coming: Promise<ComputedCommand | null>, area: PaintArea): Promise<void> {
    const { edits, moves } = this.history
    const computed = await coming
    if (!computed || this.applyComputed(computed, edits, area)) return
    // The mask has changed since: the command makes its tiles anew, once nothing is being drawn.
    while (this.open?.hasDrawn) await this.events.nextChange()
    if (this.history.moves !== moves) return
    this.history.apply(computed.command, area)
  }

  /** Takes back the open gesture, or where there is none the last step. */
  undo(): void {
    if (!this.discard()) this.history.undo()
  }

  redo(): void {
    this.discard()
    this.history.redo()
  }
}
