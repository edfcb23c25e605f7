import { intersectRect, type Rect, unionRect } from '../geometry'
import type { GrayImage } from './raster'
import { surroundings } from './workRegion'

/** Side of the blocks in which holes are told apart, px. */
const BLOCK = 32
/** Split only if the parts cover less than this share of the picture. */
const MAX_PARTS_SHARE = 0.8

/**
 * Splits a picture into parts that can be filled independently: each holds one hole with its surroundings, and no part
 * of another hole. Holes within each other's surroundings stay together.
 * @returns the parts, px; the whole picture as one part where splitting saves little
 */
export function holeParts(mask: GrayImage): Rect[] {
  const whole = { x: 0, y: 0, width: mask.width, height: mask.height }
  const groups = blockGroups(mask)
  // A group that has grown is compared again at once, until it meets no other.
  for (let merged = true; merged;) {
    merged = false
    for (let i = 0; i < groups.length; i++) {
      for (;;) {
        const { x, y, width, height } = surroundings(groups[i], whole)
        const j = groups.findIndex(
          (other, k) =>
            k !== i &&
            other.x < x + width &&
            x < other.x + other.width &&
            other.y < y + height &&
            y < other.y + other.height,
        )
        if (j < 0) break
        groups[i] = unionRect(groups[i], groups[j])
        groups.splice(j, 1)
        if (j < i) i--
        merged = true
      }
    }
  }
  const parts = groups.map((hole) => surroundings(hole, whole))
  const area = parts.reduce((sum, { width, height }) => sum + width * height, 0)
  return parts.length > 1 && area < MAX_PARTS_SHARE * whole.width * whole.height ? parts : [whole]
}

/** The bounds of each group of touching blocks that hold masked pixels. */
function blockGroups({ width, height, data }: GrayImage): Rect[] {
  const columns = Math.ceil(width / BLOCK)
  const rows = Math.ceil(height / BLOCK)
  const taken = new Uint8Array(columns * rows)
  const isMasked = anyIn(data)
  for (let y = 0; y < height; y++) {
    const row = ((y / BLOCK) | 0) * columns
    for (let column = 0; column < columns; column++) {
      // A block is looked at until it has one.
      if (taken[row + column]) continue
      const from = y * width + column * BLOCK
      if (isMasked(from, Math.min(from + BLOCK, (y + 1) * width))) taken[row + column] = 1
    }
  }
  const groups: Rect[] = []
  for (let start = 0; start < taken.length; start++) {
    if (!taken[start]) continue
    taken[start] = 0
    const open = [start]
    let bounds: Rect | null = null
    for (let b = open.pop(); b !== undefined; b = open.pop()) {
      const [column, row] = [b % columns, (b / columns) | 0]
      const block = intersectRect(
        { x: column * BLOCK, y: row * BLOCK, width: BLOCK, height: BLOCK },
        { x: 0, y: 0, width, height },
      )
      bounds = bounds ? unionRect(bounds, block) : block
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [c, r] = [column + dx, row + dy]
          if (c < 0 || r < 0 || c >= columns || r >= rows || !taken[r * columns + c]) continue
          taken[r * columns + c] = 0
          open.push(r * columns + c)
        }
      }
    }
    if (bounds) groups.push(bounds)
  }
  return groups
}

/** @returns tells whether some bytes, from one to before another, are not all 0: four at a time, as it is asked of all */
function anyIn(data: Uint8Array): (from: number, to: number) => boolean {
  const bytes = data.byteOffset % 4 === 0 ? data : data.slice()
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  return (from, to) => {
    let p = from
    for (; p < to && p % 4 !== 0; p++) if (bytes[p]) return true
    for (; p + 4 <= to; p += 4) if (words[p >> 2]) return true
    for (; p < to; p++) if (bytes[p]) return true
    return false
  }
}
