import { indicesOf, type Level } from './level'
import type { OffsetField } from './offsetField'

/** Line art and pixel art: this share of neighbours is equal, */
const MIN_FLAT = 0.6
/** and of those that differ this share differs by an edge, */
const MIN_EDGES = 0.5
/** which is at least this much in one channel, levels. */
const EDGE = 12
/** Pixels. */
const MAX_LOOKED_AT = 1_000_000

/** True for a picture of flat areas with hard edges, whose colours may not be averaged. */
export function isDiscrete({ width, known, color }: Level): boolean {
  // A large picture is told by some of its rows.
  const stride = Math.ceil(color.length / MAX_LOOKED_AT)
  let pairs = 0
  let flat = 0
  let edges = 0
  const look = (p: number, q: number) => {
    if (!known[p] || !known[q]) return
    const off = difference(color[p], color[q])
    pairs++
    if (off === 0) flat++
    else if (off >= EDGE) edges++
  }
  for (let row = 0; row < color.length; row += stride * width) {
    for (let p = row; p < row + width; p++) {
      if (p + 1 < row + width) look(p, p + 1)
      if (p + width < color.length) look(p, p + width)
    }
  }
  return pairs > 0 && flat >= MIN_FLAT * pairs && edges >= MIN_EDGES * (pairs - flat)
}

function difference(a: number, b: number): number {
  return Math.max(
    Math.abs((a & 255) - (b & 255)),
    Math.abs(((a >>> 8) & 255) - ((b >>> 8) & 255)),
    Math.abs(((a >>> 16) & 255) - ((b >>> 16) & 255)),
  )
}

/**
 * Gives each pixel of the hole the colour of one source: that of the best patch over it.
 * @returns the source by pixel; -1 outside the hole
 */
export function copyBest({ level, radius, targets, match, distance }: OffsetField): Int32Array {
  const { width, hole, color } = level
  const best = new Int32Array(hole.length).fill(0x7fffffff)
  const from = new Int32Array(hole.length).fill(-1)
  for (let i = 0; i < targets.length; i++) {
    const offset = match[i] - targets[i]
    for (let dy = -radius; dy <= radius; dy++) {
      const row = targets[i] + dy * width
      for (let p = row - radius; p <= row + radius; p++) {
        if (!hole[p] || distance[i] >= best[p]) continue
        best[p] = distance[i]
        from[p] = p + offset
      }
    }
  }
  for (const p of indicesOf(hole)) if (from[p] >= 0) color[p] = color[from[p]]
  return from
}
