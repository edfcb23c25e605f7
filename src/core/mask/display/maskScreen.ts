import { EMPTY_RECT, intersectRect, isEmptyRect, type Rect, rectOf, type Size } from '../../geometry'
import { grayBounds } from '../../image/grayBounds'
import { type MaskColors, pixel } from './overlayColors'

/** The outline alternates black and white to show on any picture. */
const DASH_BITS = 2
const LIGHT = pixel(255, 255, 255, 235)
const DARK = pixel(0, 0, 0, 235)

/** Delay between two steps of the outline, ms. */
export const OUTLINE_STEP_MS = 120

/** Side of a screen block, px. A step of the outline repaints only the blocks that contain it. */
const BLOCK_BITS = 6

/** What a canvas shows a mask with. Lengths in device px, from the canvas's corner. */
export interface ScreenSetup {
  readonly canvas: Size
  /** Where the picture lies; all is transparent outside it. */
  readonly picture: Rect
  readonly colors: MaskColors
}

/** The coverage that a canvas shows, and its pixels: the overlay's colour with a moving outline at half coverage. */
export class MaskScreen {
  private setup: ScreenSetup = {
    canvas: { width: 0, height: 0 },
    picture: EMPTY_RECT,
    colors: new Uint32Array(256),
  }
  private coverage = new Uint8Array(0)
  private phase = 0
  private columns = 0
  /** The blocks that contain the outline. */
  private blocks = new Uint8Array(0)

  get canvas(): Size {
    return this.setup.canvas
  }

  /** Starts anew. @param coverage of the whole canvas, a byte a pixel; kept, not copied */
  reset(setup: ScreenSetup, coverage: Uint8Array<ArrayBuffer>): void {
    const { width, height } = setup.canvas
    this.setup = setup
    this.coverage = coverage
    this.columns = (width >> BLOCK_BITS) + 1
    this.blocks = new Uint8Array(this.columns * ((height >> BLOCK_BITS) + 1))
  }

  /** The part that shows anything, its outline included: the rest of a canvas that was cleared need not be painted. */
  shown(): Rect {
    const { canvas, colors } = this.setup
    if (colors[0] !== 0) return rectOf(canvas)
    const marked = grayBounds({ ...canvas, data: this.coverage })
    const { width, height } = marked
    // The outline lies right of what it goes around, and below.
    return isEmptyRect(marked)
      ? EMPTY_RECT
      : intersectRect({ ...marked, width: width + 1, height: height + 1 }, rectOf(canvas))
  }

  /** @param part inside the canvas @param coverage of the part */
  put(part: Rect, coverage: Uint8Array): void {
    const { width } = this.setup.canvas
    for (let y = 0; y < part.height; y++) {
      const row = coverage.subarray(y * part.width, (y + 1) * part.width)
      this.coverage.set(row, (part.y + y) * width + part.x)
    }
  }

  /** @param part inside the canvas, not empty @returns its pixels */
  paint(part: Rect): Uint8ClampedArray<ArrayBuffer> {
    const { canvas, picture, colors } = this.setup
    const { coverage, phase } = this
    const bytes = new Uint8ClampedArray(part.width * part.height * 4)
    const out = new Uint32Array(bytes.buffer)
    const end = { x: picture.x + picture.width, y: picture.y + picture.height }
    for (let row = 0; row < part.height; row++) {
      const y = part.y + row
      const inside = y >= picture.y && y < end.y
      for (let column = 0; column < part.width; column++) {
        const x = part.x + column
        const at = y * canvas.width + x
        const here = coverage[at]
        // Beyond the canvas nothing is known: no outline there.
        const left = x > 0 ? coverage[at - 1] : here
        const above = y > 0 ? coverage[at - canvas.width] : here
        // The highest bit tells which side of the outline, at half coverage, a pixel is on.
        if (((here ^ left) | (here ^ above)) & 128) {
          this.blocks[(y >> BLOCK_BITS) * this.columns + (x >> BLOCK_BITS)] = 1
          out[row * part.width + column] = ((x + y - phase) >> DASH_BITS) & 1 ? LIGHT : DARK
        } else if (inside && x >= picture.x && x < end.x) out[row * part.width + column] = colors[here]
      }
    }
    return bytes
  }

  /** Moves the outline by a pixel. @returns what is to be painted for it, joined in rows of blocks */
  step(): Rect[] {
    this.phase = (this.phase + 1) & 7
    const { width, height } = this.setup.canvas
    const side = 1 << BLOCK_BITS
    const parts: Rect[] = []
    for (let start = 0; start < this.blocks.length; start++) {
      if (this.blocks[start] === 0) continue
      const row = Math.floor(start / this.columns)
      let end = start
      while (end < (row + 1) * this.columns && this.blocks[end] === 1) this.blocks[end++] = 0
      const x = (start % this.columns) * side
      const y = row * side
      parts.push({
        x,
        y,
        width: Math.min(width - x, (end - start) * side),
        height: Math.min(height - y, side),
      })
      start = end
    }
    return parts
  }
}
