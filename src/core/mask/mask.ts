import { containsRect, EMPTY_RECT, intersectRect, isEmptyRect, unionRect, type Rect } from '../geometry'
import { createGray, type GrayImage } from '../image/raster'
import { FULL_TILE, TILE_SIZE, TILE_WORDS, type Tile } from './tiles'

/**
 * 8-bit coverage over `frame` (image px): 0 leaves a pixel as it is, 255 repaints it. Tiles lie row by row from the
 * frame's corner; null is all 0. Edge tiles reach over the frame: coverage there is stored but never read.
 */
export interface Mask {
  readonly frame: Rect
  readonly columns: number
  readonly rows: number
  readonly tiles: (Tile | null)[]
}

/** An empty mask. @param frame image px */
export function createMask(frame: Rect): Mask {
  const columns = Math.ceil(frame.width / TILE_SIZE)
  const rows = Math.ceil(frame.height / TILE_SIZE)
  return { frame, columns, rows, tiles: Array.from({ length: columns * rows }, () => null) }
}

/** The rectangle of tile `index`, image px; may reach over the frame's right and bottom edge. */
export function tileRect(mask: Mask, index: number): Rect {
  return {
    x: mask.frame.x + (index % mask.columns) * TILE_SIZE,
    y: mask.frame.y + Math.floor(index / mask.columns) * TILE_SIZE,
    width: TILE_SIZE,
    height: TILE_SIZE,
  }
}

/**
 * Visits each tile that meets `area`, row by row.
 * @param area image px, inside the rectangle that all tiles cover together
 * @param visit gets the tile's index and the part of it inside `area`, image px
 */
export function forEachTile(mask: Mask, area: Rect, visit: (index: number, part: Rect) => void): void {
  if (isEmptyRect(area)) return
  const { x, y } = mask.frame
  const firstColumn = Math.floor((area.x - x) / TILE_SIZE)
  const lastColumn = Math.floor((area.x + area.width - 1 - x) / TILE_SIZE)
  const lastRow = Math.floor((area.y + area.height - 1 - y) / TILE_SIZE)
  for (let row = Math.floor((area.y - y) / TILE_SIZE); row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * mask.columns + column
      visit(index, intersectRect(tileRect(mask, index), area))
    }
  }
}

/** Coverage of the pixel at (x, y), whole image px; 0 outside the frame. */
export function maskAt(mask: Mask, x: number, y: number): number {
  const { frame } = mask
  const dx = x - frame.x
  const dy = y - frame.y
  if (dx < 0 || dy < 0 || dx >= frame.width || dy >= frame.height) return 0
  const tile = mask.tiles[(dy >> 8) * mask.columns + (dx >> 8)]
  return tile ? tile[((dy & 255) << 8) | (dx & 255)] : 0
}

/** The coverage over `rect` (image px) as one raster; 0 outside the frame. */
export function readMask(mask: Mask, rect: Rect): GrayImage {
  const out = createGray(rect.width, rect.height)
  forEachTilePart(mask, rect, (tile, part, tileX, tileY) => {
    for (let y = 0; y < part.height; y++) {
      const from = ((tileY + y) << 8) + tileX
      const to = (part.y + y - rect.y) * rect.width + part.x - rect.x
      if (tile === FULL_TILE) out.data.fill(255, to, to + part.width)
      else out.data.set(tile.subarray(from, from + part.width), to)
    }
  })
  return out
}

/**
 * Visits each non-empty tile that meets `rect`.
 * @param visit gets the tile, the part of it inside `rect` (image px) and that part's corner (tile px)
 */
function forEachTilePart(
  mask: Mask,
  rect: Rect,
  visit: (tile: Tile, part: Rect, tileX: number, tileY: number) => void,
): void {
  forEachTile(mask, intersectRect(rect, mask.frame), (index, part) => {
    const tile = mask.tiles[index]
    if (!tile) return
    const at = tileRect(mask, index)
    visit(tile, part, part.x - at.x, part.y - at.y)
  })
}

/** The smallest rectangle (image px) that holds every pixel above 0. */
export function maskBounds(mask: Mask): Rect {
  const parts: { readonly tile: Tile; readonly part: Rect }[] = []
  forEachTilePart(mask, mask.frame, (tile, part) => parts.push({ tile, part }))
  const all = parts.reduce((box, { part }) => unionRect(box, part), EMPTY_RECT)
  const depth = ({ part }: { readonly part: Rect }) =>
    Math.min(
      part.x - all.x,
      part.y - all.y,
      all.x + all.width - part.x - part.width,
      all.y + all.height - part.y - part.height,
    )
  // From the outside in: of what the bounds hold already no pixel is read.
  parts.sort((a, b) => depth(a) - depth(b))
  return parts.reduce((bounds, { tile, part }) => widened(bounds, tile, part), EMPTY_RECT)
}

/** The bounds with the pixels above 0 of a tile's part. @param part from the tile's corner, image px */
function widened(bounds: Rect, tile: Tile, part: Rect): Rect {
  if (containsRect(bounds, part)) return bounds
  if (tile === FULL_TILE) return unionRect(bounds, part)
  // Four pixels at once: most are 0.
  const words = new Uint32Array(tile.buffer, tile.byteOffset, TILE_WORDS)
  const isEmpty = isEmptyRect(bounds)
  let left = isEmpty ? part.width : bounds.x - part.x
  let top = isEmpty ? part.height : bounds.y - part.y
  let right = isEmpty ? 0 : left + bounds.width
  let bottom = isEmpty ? 0 : top + bounds.height
  for (let y = 0; y < part.height; y++) {
    const line = y << 8
    const isNew = y < top || y >= bottom
    let first = 0
    const firstEnd = isNew ? part.width : Math.min(left, part.width)
    while (first + 4 <= firstEnd && words[(line + first) >> 2] === 0) first += 4
    while (first < firstEnd && tile[line + first] === 0) first++
    let last = part.width
    const lastEnd = isNew ? first : Math.max(right, first, 0)
    while (last > lastEnd && (last & 3) > 0 && tile[line + last - 1] === 0) last--
    while (last - 4 >= lastEnd && (last & 3) === 0 && words[(line + last - 4) >> 2] === 0) last -= 4
    while (last > lastEnd && tile[line + last - 1] === 0) last--
    if (isNew && first === part.width) continue
    if (first < firstEnd && first < left) left = first
    if (last > lastEnd && last > right) right = last
    if (isNew) {
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return right > left
    ? { x: part.x + left, y: part.y + top, width: right - left, height: bottom - top }
    : bounds
}

/** The masked share of the frame, 0..1; a pixel counts by its coverage. */
export function maskCoverage(mask: Mask): number {
  let sum = 0
  forEachTilePart(mask, mask.frame, (tile, part, tileX, tileY) => {
    if (tile === FULL_TILE) {
      sum += part.width * part.height * 255
      return
    }
    for (let y = 0; y < part.height; y++) {
      const from = ((tileY + y) << 8) + tileX
      for (let x = 0; x < part.width; x++) sum += tile[from + x]
    }
  })
  return sum / (255 * mask.frame.width * mask.frame.height)
}

/** True where no pixel of the frame is covered. To be called between edits, when no tile is all 0. */
export function isMaskEmpty(mask: Mask): boolean {
  const { frame } = mask
  return mask.tiles.every((tile, index) => {
    if (!tile) return true
    const at = tileRect(mask, index)
    if (at.x + TILE_SIZE <= frame.x + frame.width && at.y + TILE_SIZE <= frame.y + frame.height) return false
    // The covered pixels of a tile at the edge may all lie outside the frame.
    const { data } = readMask(mask, intersectRect(at, frame))
    return data.every((value) => value === 0)
  })
}
