import { EMPTY_RECT, type Rect, rectOf, type Size } from '../../geometry'
import { type MaskColors, pixel } from './overlayColors'
import type { ScreenCoverage } from './sampleMask'

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
  /** Rows of `stride` bytes, whole words. */
  private coverage = new Uint8Array(0)
  private words = new Uint32Array(0)
  private stride = 0
  private phase = 0
  private columns = 0
  /** The blocks that contain the outline. */
  private blocks = new Uint8Array(0)

  get canvas(): Size {
    return this.setup.canvas
  }

  /**
   * Starts anew on a cleared canvas.
   * @param marked what is shown of the mask, and the canvas's pixels around it: the outline lies right of what it goes
   * around, and below
   * @returns the part to be painted: the rest is as it is
   */
  reset(setup: ScreenSetup, { part, coverage }: ScreenCoverage): Rect {
    const { width, height } = setup.canvas
    this.setup = setup
    this.stride = (width + 3) & ~3
    this.coverage = new Uint8Array(this.stride * height)
    this.words = new Uint32Array(this.coverage.buffer)
    this.columns = (width >> BLOCK_BITS) + 1
    this.blocks = new Uint8Array(this.columns * ((height >> BLOCK_BITS) + 1))
    this.put(part, coverage)
    return setup.colors[0] === 0 ? part : rectOf(setup.canvas)
  }

  /** @param part inside the canvas @param coverage of the part */
  put(part: Rect, coverage: Uint8Array): void {
    for (let y = 0; y < part.height; y++) {
      const row = coverage.subarray(y * part.width, (y + 1) * part.width)
      this.coverage.set(row, (part.y + y) * this.stride + part.x)
    }
  }

  /** @param part inside the canvas, not empty @returns its pixels */
  paint(part: Rect): Uint8ClampedArray<ArrayBuffer> {
    const { picture, colors } = this.setup
    const { coverage, words, stride, phase } = this
    const bytes = new Uint8ClampedArray(part.width * part.height * 4)
    const out = new Uint32Array(bytes.buffer)
    const endX = part.x + part.width
    // Of a row inside the picture.
    const left = Math.max(part.x, picture.x)
    const right = Math.min(endX, picture.x + picture.width)
    for (let row = 0; row < part.height; row++) {
      const y = part.y + row
      const isInside = y >= picture.y && y < picture.y + picture.height
      const line = y * stride
      const to = row * part.width - part.x
      for (let x = part.x; x < endX; x++) {
        const at = line + x
        const here = coverage[at]
        // Most pixels are like those around them: four at once.
        if ((x & 3) === 0 && x > 0 && y > 0 && isInside && x >= left && x + 4 <= right) {
          const same = Math.imul(here, 0x1010101) >>> 0
          if (words[at >> 2] === same && words[(at - stride) >> 2] === same && coverage[at - 1] === here) {
            const color = colors[here]
            for (const end = x + 3; x < end; x++) out[to + x] = color
            out[to + x] = color
            continue
          }
        }
        // Beyond the canvas nothing is known: no outline there.
        const before = x > 0 ? coverage[at - 1] : here
        const above = y > 0 ? coverage[at - stride] : here
        // The highest bit tells which side of the outline, at half coverage, a pixel is on.
        if (((here ^ before) | (here ^ above)) & 128) {
          this.blocks[(y >> BLOCK_BITS) * this.columns + (x >> BLOCK_BITS)] = 1
          out[to + x] = ((x + y - phase) >> DASH_BITS) & 1 ? LIGHT : DARK
        } else if (isInside && x >= left && x < right) out[to + x] = colors[here]
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
