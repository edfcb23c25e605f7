import type { Size } from '../core/geometry'
import { readMask } from '../core/mask/mask'
import { MaskEditor } from './maskEditor'
import type { BrushSettings, ComputedCommand, PointerInput } from './tool'
import { toolById } from './toolRegistry'

/** Drives an editor as a hand would: `driver.down(10, 10).move(40, 10).up()`. */
export class EditorDriver {
  readonly editor: MaskEditor
  brush: BrushSettings = { size: 20, hardness: 100, opacity: 100 }
  tool = 'brush'
  panned = { x: 0, y: 0 }
  /** What selecting comes to. */
  selected: Promise<ComputedCommand | null> = Promise.resolve(null)

  constructor(size: Size) {
    this.editor = new MaskEditor({ x: 0, y: 0, ...size })
  }

  down(x: number, y: number, more: Partial<PointerInput> = {}): this {
    this.editor.begin(toolById(this.tool), pointer(x, y, more), {
      brush: this.brush,
      usePressure: true,
      pan: (dx, dy) => {
        this.panned = { x: this.panned.x + dx, y: this.panned.y + dy }
      },
      select: () => this.selected,
    })
    return this
  }

  move(x: number, y: number, more: Partial<PointerInput> = {}): this {
    this.editor.move(pointer(x, y, more))
    return this
  }

  up(): this {
    this.editor.release()
    return this
  }

  /** Every byte of the mask. */
  bytes(): Uint8Array {
    return readMask(this.editor.mask, this.editor.mask.frame).data
  }
}

function pointer(x: number, y: number, more: Partial<PointerInput>): PointerInput {
  return { point: { x, y }, screen: { x, y }, pressure: null, shift: false, erase: false, ...more }
}
