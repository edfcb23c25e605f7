import type { Level } from '../level'
import { square } from './leastSquares'
import { type Path, tangent } from './path'

/** How far from an edge its colours are told and drawn, px. */
const REACH = 3
/** What lies as far from an edge, within half a px, has one colour. */
const BINS = 4 * REACH + 1
/** Points beside the gap that tell the colours, on each of its ends. */
const SEEN = 24
/** A distance has a colour where this share of its pixels has it. */
const MIN_SHARE = 0.75

/**
 * Draws the edges that the hole interrupts in art of flat colours, where a patch of the right slope is seldom found: each
 * with the colours that both of its ends have at a distance from it. What is drawn counts as known.
 * @param level changed
 */
export function drawEdges(level: Level, paths: readonly Path[]): void {
  for (const path of paths) {
    const { hole, width } = level
    const isHole = (k: number) => hole[Math.round(path.ys[k]) * width + Math.round(path.xs[k])] === 1
    for (let k = 1; k < path.xs.length; k++) {
      if (!isHole(k) || isHole(k - 1)) continue
      const first = k
      while (k < path.xs.length && isHole(k)) k++
      if (k < path.xs.length) drawGap(level, path, first, k - 1)
    }
  }
}

function drawGap(level: Level, path: Path, first: number, last: number): void {
  const before = colorsAlong(level, path, Math.max(0, first - SEEN), first - 1)
  const after = colorsAlong(level, path, last + 1, Math.min(path.xs.length - 1, last + SEEN))
  const drawn: number[] = []
  for (const [p, bin] of binsAlong(level, path, Math.max(0, first - REACH), last + REACH)) {
    if (!level.hole[p] || before[bin] < 0 || before[bin] !== after[bin]) continue
    level.color[p] = before[bin]
    drawn.push(p)
  }
  for (const p of drawn) {
    level.hole[p] = 0
    level.known[p] = 1
  }
}

/** By bin: the colour of the known pixels as far from a path; -1 where they have several. */
function colorsAlong(level: Level, path: Path, from: number, to: number): number[] {
  const counts = Array.from({ length: BINS }, () => new Map<number, number>())
  for (const [p, bin] of binsAlong(level, path, from, to)) {
    if (!level.known[p]) continue
    counts[bin].set(level.color[p], (counts[bin].get(level.color[p]) ?? 0) + 1)
  }
  return counts.map((colors) => {
    let [best, most, total] = [-1, 0, 0]
    for (const [color, count] of colors) {
      total += count
      if (count > most) [best, most] = [color, count]
    }
    return most >= MIN_SHARE * total && most > 1 ? best : -1
  })
}

/** The pixels within REACH of some points of a path, each with the half px that it lies left or right of the nearest. */
function binsAlong({ width, height }: Level, path: Path, from: number, to: number): Map<number, number> {
  const nearest = new Map<number, number>()
  const bins = new Map<number, number>()
  for (let k = from; k <= Math.min(to, path.xs.length - 1); k++) {
    const [cx, cy] = [path.xs[k], path.ys[k]]
    const along = tangent(path, k)
    for (let y = Math.max(0, Math.ceil(cy - REACH)); y <= Math.min(height - 1, cy + REACH); y++) {
      for (let x = Math.max(0, Math.ceil(cx - REACH)); x <= Math.min(width - 1, cx + REACH); x++) {
        const off = square(x - cx) + square(y - cy)
        if (off > REACH * REACH || off >= (nearest.get(y * width + x) ?? Infinity)) continue
        nearest.set(y * width + x, off)
        const aside = (y - cy) * along.x - (x - cx) * along.y
        bins.set(y * width + x, Math.round(2 * aside) + 2 * REACH)
      }
    }
  }
  return bins
}
