import type { GuideLine } from '../../../core/mask/guideLine'
import type { Level } from '../level'
import { type Path, pathOf, type Point } from './path'
import { snapped } from './snap'

/** Patches are taken from a guide's known part up to this far from the hole, px along it, or half its way through that. */
const MAX_TAIL = 160
/** A guide that ends nearer to the hole goes straight on to here, */
const MIN_TAIL = 48
/** and one that ends in the hole does where the rim is this close, px. */
const MAX_GAP = 12
/** Points back to the one that says where a guide points at its end. */
const LOOK_BACK = 8

/**
 * The lines that a user drew across the hole, on what they follow outside it, each with its known parts beside the hole.
 * Guides that do not touch the hole are left out, and so are points that are none.
 */
export function guidePaths(level: Level, guides: readonly GuideLine[]): Path[] {
  return guides.flatMap(({ points }) =>
    piecesInside(points, level.width, level.height).flatMap((piece) => {
      const line = pointsOf(pathOf(piece))
      const [first, last] = holesOn(level, line)
      if (first < 0) return []
      const tail = Math.max(MAX_TAIL, (last - first) >> 1)
      const kept = line.slice(Math.max(0, first - tail), last + tail + 1)
      return [pathOf(snapped(level, extended(level, extended(level, kept).toReversed())))]
    }),
  )
}

/** The first and the last point in the hole; -1 for none. */
function holesOn({ width, hole }: Level, line: readonly Point[]): readonly [number, number] {
  const isHole = ({ x, y }: Point) => hole[Math.round(y) * width + Math.round(x)] === 1
  return [line.findIndex(isHole), line.findLastIndex(isHole)]
}

function pointsOf({ xs, ys }: Path): Point[] {
  return Array.from(xs, (x, k) => ({ x, y: ys[k] }))
}

/** The parts of a polyline inside the picture. */
function piecesInside(points: readonly Point[], width: number, height: number): Point[][] {
  const corners = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
  const pieces: Point[][] = []
  let piece: Point[] = []
  for (let k = 0; k + 1 < corners.length; k++) {
    const part = clipped(corners[k], corners[k + 1], width - 1, height - 1)
    if (!part) continue
    const at = piece.at(-1)
    if (!at || at.x !== part[0].x || at.y !== part[0].y) pieces.push((piece = [part[0]]))
    piece.push(part[1])
  }
  return pieces.filter((one) => one.some(({ x, y }) => x !== one[0].x || y !== one[0].y))
}

/** The part of a straight line with 0 <= x <= right and 0 <= y <= bottom; null for none. */
function clipped(a: Point, b: Point, right: number, bottom: number): [Point, Point] | null {
  let [from, to] = [0, 1]
  for (const [at, by, most] of [
    [a.x, b.x - a.x, right],
    [a.y, b.y - a.y, bottom],
  ]) {
    if (by === 0) {
      if (at < 0 || at > most) return null
      continue
    }
    const [enter, leave] = by > 0 ? [-at / by, (most - at) / by] : [(most - at) / by, -at / by]
    from = Math.max(from, enter)
    to = Math.min(to, leave)
  }
  if (!(from <= to)) return null
  const inside = ({ x, y }: Point) => ({
    x: Math.min(right, Math.max(0, x)),
    y: Math.min(bottom, Math.max(0, y)),
  })
  const pointAt = (t: number) => inside({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) })
  return [from > 0 ? pointAt(from) : inside(a), to < 1 ? pointAt(to) : inside(b)]
}

/** A line that ends at the hole's rim or near it, straight on to known pixels that can be copied. */
function extended({ width, height, hole, known }: Level, line: readonly Point[]): Point[] {
  const out = [...line]
  const end = line[line.length - 1]
  const back = line[Math.max(0, line.length - 1 - LOOK_BACK)]
  const [dx, dy] = [end.x - back.x, end.y - back.y]
  const length = Math.sqrt(dx * dx + dy * dy)
  const isHole = ({ x, y }: Point) => hole[Math.round(y) * width + Math.round(x)] === 1
  if (length === 0) return out
  let tail = line.length - 1 - line.findLastIndex(isHole)
  let gap = 0
  for (let step = 1; tail < MIN_TAIL; step++) {
    const point = { x: end.x + (step * dx) / length, y: end.y + (step * dy) / length }
    const [x, y] = [Math.round(point.x), Math.round(point.y)]
    if (x < 0 || y < 0 || x >= width || y >= height) break
    if (known[y * width + x]) tail++
    // It ended inside, and shall.
    else if (tail > 0 || ++gap > MAX_GAP) break
    out.push(point)
  }
  return tail > 0 ? out : [...line]
}
