import type { PaintArea } from '../core/document/document'
import type { Rect } from '../core/geometry'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { isMaskEmpty, type Mask } from '../core/mask/mask'
import { EditHistory } from './editHistory'
import { type MaskEditorEvents, MaskEvents } from './maskEvents'
import type { EditStep } from './undoStep'

/** What is painted over one picture, and how it came about: to be read and listened to. */
export class PaintedAreas {
  protected readonly events = new MaskEvents()
  protected readonly history: EditHistory

  /** @param frame image px */
  constructor(frame: Rect) {
    this.history = new EditHistory(frame, this.events)
  }

  /** Another object once the frame has changed, as the other areas. */
  get mask(): Mask {
    return this.history.areas.mask
  }

  /** Where a fill may copy from; empty where everything is allowed. */
  get sampling(): Mask {
    return this.history.areas.sampling
  }

  /** Where there are guide lines; their commands say how they run. */
  get guides(): Mask {
    return this.history.areas.guides
  }

  subscribe(listener: Partial<MaskEditorEvents>): () => void {
    return this.events.subscribe(listener)
  }

  /** What was done, oldest first; undone steps are not among them. */
  get steps(): EditStep[] {
    return this.history.steps
  }

  /** What was undone, the next step to redo first. */
  get undone(): EditStep[] {
    return this.history.undone
  }

  /** The commands that make the mask, oldest first. */
  get commands(): readonly MaskCommand[] {
    return this.commandsOf('mask')
  }

  /** The commands that make an area, oldest first. */
  commandsOf(area: PaintArea): readonly MaskCommand[] {
    return this.history.commandsOf(area)
  }

  get canUndo(): boolean {
    return this.history.canUndo
  }

  get canRedo(): boolean {
    return this.history.canRedo
  }

  /** @see EditHistory.edits */
  get edits(): number {
    return this.history.edits
  }

  get isEmpty(): boolean {
    return isMaskEmpty(this.mask)
  }

  /** To be called when the page is idle. @see EditHistory.pack */
  packHistory(timeLeft: () => boolean): boolean {
    return this.history.pack(timeLeft)
  }
}
