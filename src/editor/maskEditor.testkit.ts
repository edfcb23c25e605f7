import type { PaintArea } from '../core/document/document'
import type { ScreenPoint, Size } from '../core/geometry'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { readMask } from '../core/mask/mask'
import { MaskEditor } from './maskEditor'
import type { BrushSettings, ComputedCommand, PointerInput } from './tool'
import { toolById } from './toolRegistry'

/** Drives an editor as a hand would: `driver.down(10, 10).move(40, 10).up()`. */
export class EditorDriver {
  readonly editor: MaskEditor
  brush: BrushSettings = { size: 20, hardness: 100, opacity: 100, smoothEdge: true }
  tool = 'brush'
  area: PaintArea = 'mask'
  /** The view: what was panned, CSS px, and CSS px per image px. */
  panned = { x: 0, y: 0 }
  zoom = 1
  /** What was handed over to be filled. */
  readonly filled: MaskCommand[] = []
  /** What selecting comes to. */
  selected: Promise<ComputedCommand | null> = Promise.resolve(null)

  constructor(size: Size) {
    this.editor = new MaskEditor({ x: 0, y: 0, ...size })
  }

  down(x: number, y: number, more: Partial<PointerInput> = {}): this {
    this.editor.begin(toolById(this.tool), this.pointer(x, y, more), {
      brush: this.brush,
      area: this.area,
      usePressure: true,
      pan: (dx, dy) => {
        this.panned = { x: this.panned.x + dx, y: this.panned.y + dy }
      },
      select: () => this.selected,
      fill: (command) => this.filled.push(command),
    })
    return this
  }

  move(x: number, y: number, more: Partial<PointerInput> = {}): this {
    this.editor.move(this.pointer(x, y, more))
    return this
  }

  up(): this {
    this.editor.release()
    return this
  }

  /** Drags the view as the space bar or the middle button does, whatever the tool. */
  pan(dx: number, dy: number): this {
    const { tool } = this
    this.tool = 'hand'
    this.down(0, 0)
    this.tool = tool
    // The hand follows the pointer on the screen: the image point under it stays.
    const from = this.screenOf(0, 0)
    return this.move(0, 0, { screen: { x: from.x + dx, y: from.y + dy } }).up()
  }

  /** A finger touches at (x, y), a second one joins it, and both zoom. */
  pinch(x: number, y: number, zoom: number): this {
    this.down(x, y)
    this.editor.cancel()
    this.zoom *= zoom
    return this
  }

  /** Every byte of the mask, or of the sampling area. */
  bytes(area: PaintArea = 'mask'): Uint8Array {
    return readMask(this.editor[area], this.editor.mask.frame).data
  }

  private screenOf(x: number, y: number): ScreenPoint {
    return { x: x * this.zoom + this.panned.x, y: y * this.zoom + this.panned.y }
  }

  private pointer(x: number, y: number, more: Partial<PointerInput>): PointerInput {
    const screen = this.screenOf(x, y)
    return {
      point: { x, y },
      screen,
      scale: this.zoom,
      pressure: null,
      shift: false,
      erase: false,
      intersect: false,
      ...more,
    }
  }
}
