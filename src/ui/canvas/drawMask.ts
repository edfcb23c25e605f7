import { clamp, intersectRect, type Rect } from '../../core/geometry'
import type { Mask } from '../../core/mask/mask'
import { LEVEL_OFFSETS, type Tile, TILE_LEVELS } from '../../core/mask/tiles'
import { originOf, pixelsOf, type View } from '../../core/viewport'

/** The outline alternates black and white to show on any picture. */
const DASH_BITS = 2

const little = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

function pixel(red: number, green: number, blue: number, alpha: number): number {
  const bytes = little ? [alpha, blue, green, red] : [red, green, blue, alpha]
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Side of a screen block, px. A step of the outline repaints only the blocks that contain it. */
const BLOCK_BITS = 6

/** The blocks that contain the outline, and its phase. */
export class Outline {
  phase = 0
  private columns = 0
  private blocks = new Uint8Array(0)

  /** Clears the marks for another canvas size or view. */
  reset(width: number, height: number): void {
    this.columns = (width >> BLOCK_BITS) + 1
    this.blocks = new Uint8Array(this.columns * ((height >> BLOCK_BITS) + 1))
  }

  mark(x: number, y: number): void {
    this.blocks[(y >> BLOCK_BITS) * this.columns + (x >> BLOCK_BITS)] = 1
  }

  /** @returns the marked blocks, joined in rows, screen px; clears the marks */
  take(): Rect[] {
    const areas: Rect[] = []
    for (let start = 0; start < this.blocks.length; start++) {
      if (this.blocks[start] === 0) continue
      const row = Math.floor(start / this.columns)
      let end = start
      while (end < (row + 1) * this.columns && this.blocks[end] === 1) this.blocks[end++] = 0
      const side = 1 << BLOCK_BITS
      areas.push({
        x: (start % this.columns) * side,
        y: row * side,
        width: (end - start) * side,
        height: side,
      })
      start = end
    }
    return areas
  }
}

/** The overlay's colour for each coverage, 0..255. */
export type MaskColors = Uint32Array

/**
 * @param color `#rrggbb`
 * @param opacity percent, at full coverage
 */
export function overlayColors(color: string, opacity: number): MaskColors {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return Uint32Array.from({ length: 256 }, (_, coverage) =>
    coverage === 0 ? 0 : pixel(red, green, blue, Math.round((coverage * opacity) / 100)),
  )
}

/** The colours of the exported mask: white is repainted, black is kept. */
export function grayColors(): MaskColors {
  return Uint32Array.from({ length: 256 }, (_, coverage) => pixel(coverage, coverage, coverage, 255))
}

const LIGHT = pixel(255, 255, 255, 235)
const DARK = pixel(0, 0, 0, 235)

/**
 * Paints the visible part of `dirty` (image px) into the layer's canvas from the pyramid level that fits the zoom. The
 * cost depends on the screen area only, neither on the picture's size nor on the number of strokes.
 */
export function drawMask(
  context: CanvasRenderingContext2D,
  mask: Mask,
  view: View,
  dirty: Rect,
  colors: MaskColors,
  outline: Outline,
): void {
  const { zoom } = view
  const { x: originX, y: originY } = originOf(view)
  const left = Math.floor(originX + dirty.x * zoom) - 2
  const top = Math.floor(originY + dirty.y * zoom) - 2
  const right = Math.ceil(originX + (dirty.x + dirty.width) * zoom) + 2
  const bottom = Math.ceil(originY + (dirty.y + dirty.height) * zoom) + 2
  drawArea(
    context,
    mask,
    view,
    { x: left, y: top, width: right - left, height: bottom - top },
    colors,
    outline,
  )
}

/**
 * Paints a part of the layer's canvas.
 * @param wanted the part, device px
 */
export function drawArea(
  context: CanvasRenderingContext2D,
  mask: Mask,
  view: View,
  wanted: Rect,
  colors: MaskColors,
  outline: Outline,
): void {
  const { zoom } = view
  const { x: originX, y: originY } = originOf(view)
  const { canvas } = context
  const area = intersectRect(wanted, { x: 0, y: 0, width: canvas.width, height: canvas.height })
  if (area.width === 0) return
  const { phase } = outline
  const pixels = new ImageData(area.width, area.height)
  const out = new Uint32Array(pixels.data.buffer)
  const level = Math.min(TILE_LEVELS - 1, Math.max(0, Math.floor(Math.log2(1 / zoom))))
  // One more column and row: the outline compares neighbours.
  const { frame } = mask
  const seen = pixelsOf(view, frame)
  const columns = places(area.x - 1, area.width + 1, {
    start: seen.x,
    end: seen.x + seen.width,
    pixelAt: (x) => clamp(Math.floor((x + 0.5 - originX) / zoom) - frame.x, 0, frame.width - 1),
  })
  const rows = places(area.y - 1, area.height + 1, {
    start: seen.y,
    end: seen.y + seen.height,
    pixelAt: (y) => clamp(Math.floor((y + 0.5 - originY) / zoom) - frame.y, 0, frame.height - 1),
  })
  const sampler = samplerOf(mask, columns, level)
  let above = new Uint8Array(area.width + 1)
  let here = new Uint8Array(area.width + 1)
  for (let y = 0; y <= area.height; y++) {
    sampler(rows[y], here)
    if (y > 0) {
      const line = (y - 1) * area.width - 1
      const diagonal = area.x + area.y + y - phase
      const inside = rows[y] >= 0
      for (let x = 1; x <= area.width; x++) {
        const coverage = here[x]
        // The highest bit tells which side of the outline, at half coverage, a pixel is on.
        if (((coverage ^ here[x - 1]) | (coverage ^ above[x])) & 128) {
          outline.mark(area.x + x - 1, area.y + y - 1)
          out[line + x] = ((diagonal + x) >> DASH_BITS) & 1 ? LIGHT : DARK
        } else if (inside && columns[x] >= 0) out[line + x] = colors[coverage]
        // Transparent outside the picture, in every view.
      }
    }
    const swap = above
    above = here
    here = swap
  }
  context.putImageData(pixels, area.x, area.y)
}

/** Maps each screen pixel to its mask pixel, px from the frame's corner; -1 outside. */
function places(
  first: number,
  count: number,
  { start, end, pixelAt }: { start: number; end: number; pixelAt: (at: number) => number },
): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    const at = first + i
    return at >= start && at < end ? pixelAt(at) : -1
  })
}

/** @returns reads a row of the mask at the columns, from a level of the tiles' pyramids; -1 is outside, where all is 0 */
function samplerOf(mask: Mask, columns: Int32Array, level: number): (row: number, into: Uint8Array) => void {
  const shift = 8 - level
  const tileColumns = columns.map((column) => column >> 8)
  const within = columns.map((column) => (column & 255) >> level)
  return (row, into) => {
    if (row < 0) {
      into.fill(0)
      return
    }
    const firstTile = (row >> 8) * mask.columns
    const line = LEVEL_OFFSETS[level] + (((row & 255) >> level) << shift)
    let column = -1
    let tile: Tile | null = null
    for (let x = 0; x < into.length; x++) {
      if (tileColumns[x] !== column) {
        column = tileColumns[x]
        tile = column < 0 ? null : mask.tiles[firstTile + column]
      }
      into[x] = tile ? tile[line + within[x]] : 0
    }
  }
}
