import {
  clamp,
  EMPTY_RECT,
  grownBy,
  intersectRect,
  isEmptyRect,
  type Rect,
  type Size,
  unionRect,
} from '../../geometry'
import { originOf, pixelsOf, type View } from '../../viewport'
import { type Mask, tileRect } from '../mask'
import { FULL_TILE, LEVEL_OFFSETS, TILE_LEVELS } from '../tiles'

/** A part of a canvas, device px from its corner, and a byte a pixel of it: what the canvas shows of a mask. */
export interface ScreenCoverage {
  readonly part: Rect
  readonly coverage: Uint8Array<ArrayBuffer>
}

/**
 * What a canvas shows of a mask: the box around the tiles that hold any of it, and nothing of the rest.
 * @param canvas device px
 */
export function sampleShown(mask: Mask, view: View, canvas: Size): ScreenCoverage {
  const held = mask.tiles.reduce<Rect>(
    (box, tile, index) => (tile ? unionRect(box, tileRect(mask, index)) : box),
    EMPTY_RECT,
  )
  const area = intersectRect(held, mask.frame)
  const part = isEmptyRect(area) ? EMPTY_RECT : screenPart(view, area, canvas)
  return { part, coverage: sampleMask(mask, view, part) }
}

/**
 * The part of a canvas that shows an area of the image, with the pixels around it that a smaller zoom blends it into.
 * @param area image px
 * @param canvas device px
 * @returns device px from the canvas's corner
 */
export function screenPart(view: View, area: Rect, canvas: Size): Rect {
  const origin = originOf(view)
  const x = Math.floor(origin.x + area.x * view.zoom)
  const y = Math.floor(origin.y + area.y * view.zoom)
  const shown = {
    x,
    y,
    width: Math.ceil(origin.x + (area.x + area.width) * view.zoom) - x,
    height: Math.ceil(origin.y + (area.y + area.height) * view.zoom) - y,
  }
  return intersectRect(grownBy(shown, 2), { x: 0, y: 0, width: canvas.width, height: canvas.height })
}

/**
 * A mask's coverage as a part of the screen shows it, from the pyramid level that fits the zoom. The cost depends on the
 * part only, neither on the picture's size nor on the number of strokes.
 * @param part device px from the canvas's corner
 * @returns a byte a pixel, row by row; 0 outside the picture
 */
export function sampleMask(mask: Mask, view: View, part: Rect): Uint8Array<ArrayBuffer> {
  const { zoom } = view
  const origin = originOf(view)
  const { frame } = mask
  const seen = pixelsOf(view, frame)
  const level = Math.min(TILE_LEVELS - 1, Math.max(0, Math.floor(Math.log2(1 / zoom))))
  const columns = places(part.x, part.width, {
    start: seen.x,
    end: seen.x + seen.width,
    pixelAt: (x) => clamp(Math.floor((x + 0.5 - origin.x) / zoom) - frame.x, 0, frame.width - 1),
  })
  const rows = places(part.y, part.height, {
    start: seen.y,
    end: seen.y + seen.height,
    pixelAt: (y) => clamp(Math.floor((y + 0.5 - origin.y) / zoom) - frame.y, 0, frame.height - 1),
  })
  const shift = 8 - level
  const within = columns.map((column) => (column & 255) >> level)
  const runs = tileRuns(columns)
  const out = new Uint8Array(part.width * part.height)
  for (let y = 0; y < part.height; y++) {
    const row = rows[y]
    if (row < 0) continue
    const to = y * part.width
    // Enlarged, a mask pixel covers several rows.
    if (y > 0 && rows[y - 1] === row) {
      out.copyWithin(to, to - part.width, to)
      continue
    }
    const firstTile = (row >> 8) * mask.columns
    const line = LEVEL_OFFSETS[level] + (((row & 255) >> level) << shift)
    for (const { column, start, end } of runs) {
      const tile = mask.tiles[firstTile + column]
      if (tile === FULL_TILE) out.fill(255, to + start, to + end)
      else if (tile) for (let x = start; x < end; x++) out[to + x] = tile[line + within[x]]
    }
  }
  return out
}

/** The screen pixels of each column of tiles. @param columns of mask pixels; -1 outside */
function tileRuns(columns: Int32Array): { column: number; start: number; end: number }[] {
  const runs: { column: number; start: number; end: number }[] = []
  for (let x = 0; x < columns.length; x++) {
    const column = columns[x] >> 8
    const last = runs.at(-1)
    if (column < 0) continue
    if (last?.column === column) last.end = x + 1
    else runs.push({ column, start: x, end: x + 1 })
  }
  return runs
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
