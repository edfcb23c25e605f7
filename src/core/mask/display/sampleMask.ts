import { clamp, grownBy, intersectRect, type Rect, type Size } from '../../geometry'
import { originOf, pixelsOf, type View } from '../../viewport'
import type { Mask } from '../mask'
import { LEVEL_OFFSETS, type Tile, TILE_LEVELS } from '../tiles'

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
  const tileColumns = columns.map((column) => column >> 8)
  const within = columns.map((column) => (column & 255) >> level)
  const out = new Uint8Array(part.width * part.height)
  for (let y = 0; y < part.height; y++) {
    const row = rows[y]
    if (row < 0) continue
    const firstTile = (row >> 8) * mask.columns
    const line = LEVEL_OFFSETS[level] + (((row & 255) >> level) << shift)
    const to = y * part.width
    let column = -1
    let tile: Tile | null = null
    for (let x = 0; x < part.width; x++) {
      if (tileColumns[x] !== column) {
        column = tileColumns[x]
        tile = column < 0 ? null : mask.tiles[firstTile + column]
      }
      if (tile) out[to + x] = tile[line + within[x]]
    }
  }
  return out
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
