import type { PaintArea } from '../core/document/document'
import type { Rect } from '../core/geometry'
import type { Mask } from '../core/mask/mask'
import { MaskEdit } from '../core/mask/maskEdit'
import type { Gesture, PointerInput, Tool, ToolHost } from './tool'

/** A gesture that is to become one undo step, and its state between the pointer's downs and ups. */
export class OpenGesture {
  readonly tool: Tool
  readonly gesture: Gesture
  readonly edit: MaskEdit
  /** What it paints. */
  readonly area: PaintArea
  /** True once it has written to the mask. */
  hasDrawn = false
  isPressed = true
  /** Clicks so far, including that of a pointer that is down. */
  private clicks = 1
  /** Its last click completed it. */
  private isDone = false

  /**
   * Pointer down.
   * @param mask of the area
   * @param onDraw called with each rectangle that the tool draws in, image px
   */
  constructor(
    mask: Mask,
    area: PaintArea,
    tool: Tool,
    input: PointerInput,
    host: Omit<ToolHost, 'draw'>,
    onDraw: (changed: Rect) => void,
  ) {
    this.tool = tool
    this.area = area
    this.edit = new MaskEdit(mask)
    const draw: ToolHost['draw'] = (write) => {
      this.hasDrawn = true
      onDraw(write(this.edit))
    }
    this.gesture = tool.begin(input, { ...host, draw })
  }

  /** True for a gesture of several clicks. */
  get hasClicks(): boolean {
    return this.gesture.again !== undefined
  }

  /** The next pointer down. */
  press(input: PointerInput): void {
    this.isPressed = true
    this.isDone = this.gesture.again?.(input) === 'done'
    if (!this.isDone) this.clicks++
  }

  /** Pointer up. @returns true where the gesture is complete */
  release(): boolean {
    this.isPressed = false
    return this.isDone || !this.hasClicks
  }

  /** Takes back the click of a pointer that is down. @returns false where that is the whole gesture, or none is down */
  dropPress(): boolean {
    if (!this.isPressed || (this.clicks === 1 && !this.isDone)) return false
    if (!this.isDone) {
      this.gesture.dropClick?.()
      this.clicks--
    }
    this.isDone = false
    this.isPressed = false
    return true
  }
}
