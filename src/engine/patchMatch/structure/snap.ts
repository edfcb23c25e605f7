import type { Level } from '../level'
import { square } from './leastSquares'
import type { Point } from './path'

/** How far off a drawn line may lie from what it follows, px, and how far what it follows may leave it in one px. */
const REACH = 6
const FOLLOW_REACH = 3
const MAX_STEP = 0.5
/** A line is followed no further than this from where it was drawn, px. */
const MAX_SHIFT = 16
/** Points to each side that say what is across the line, and where it points. */
const WINDOW = 3
const TANGENT = 5
/** Points from the hole to the first place that is looked at. */
const FROM_HOLE = 8
/** Points to each side over which the shifts are averaged. */
const SMOOTH = 4
const ROUNDS = 4
/** Across what is followed colours change by at least this much, levels a pixel. */
const MIN_CHANGE = 5

/**
 * Moves a drawn line onto the edge or the thin thing that it follows outside the hole: hands draw some px off. In the
 * hole it is moved by what lies between.
 * @param line points about a pixel apart, inside the picture
 */
export function snapped(level: Level, line: readonly Point[]): Point[] {
  const normals = line.map((_, k) => normalAt(line, k))
  const shifts = new Float64Array(line.length).fill(NaN)
  const isKnown = ({ x, y }: Point) => level.known[Math.round(y) * level.width + Math.round(x)] === 1
  for (let from = 0; from < line.length; from++) {
    if (!isKnown(line[from])) continue
    let to = from
    while (to + 1 < line.length && isKnown(line[to + 1])) to++
    follow(level, { line, normals, shifts }, from, to)
    from = to
  }
  between(shifts)
  return line.map(({ x, y }, k) => ({ x: x + shifts[k] * normals[k].x, y: y + shifts[k] * normals[k].y }))
}

interface Lines {
  readonly line: readonly Point[]
  readonly normals: readonly Point[]
  /** By point: how far it is moved along its normal, px. */
  readonly shifts: Float64Array
}

/** Writes the shifts of a known stretch. */
function follow(level: Level, lines: Lines, from: number, to: number): void {
  const apart = Math.min(FROM_HOLE, (to - from) >> 1)
  const start = from > 0 ? from + apart : to - apart
  const raw = new Float64Array(to - from + 1)
  let shift = 0
  for (let round = 0; round < ROUNDS; round++)
    shift = clamp(shift + offAt(level, lines, start, shift, REACH, from, to), REACH)
  const walk = (step: 1 | -1) => {
    let here = shift
    for (let k = start; k >= from && k <= to; k += step) {
      const off = offAt(level, lines, k, here, FOLLOW_REACH, from, to)
      here = clamp(here + clamp(off, MAX_STEP), MAX_SHIFT)
      raw[k - from] = here
    }
  }
  walk(1)
  walk(-1)
  for (let k = from; k <= to; k++) {
    const part = raw.subarray(Math.max(0, k - SMOOTH - from), k + SMOOTH + 1 - from)
    lines.shifts[k] = part.reduce((sum, value) => sum + value, 0) / part.length
  }
}

/** How far beside the line, moved by `shift`, the middle of the changes across it lies, px; 0 where there are none. */
function offAt(
  level: Level,
  { line, normals }: Lines,
  k: number,
  shift: number,
  reach: number,
  from: number,
  to: number,
): number {
  const profile: (readonly number[] | null)[] = []
  for (let off = -reach; off <= reach; off++) {
    const sum = [0, 0, 0]
    let count = 0
    for (let j = Math.max(from, k - WINDOW); j <= Math.min(to, k + WINDOW); j++) {
      const x = line[j].x + (shift + off) * normals[j].x
      const y = line[j].y + (shift + off) * normals[j].y
      if (addColor(level, x, y, sum)) count++
    }
    profile.push(count > 0 ? sum.map((value) => value / count) : null)
  }
  const changes = profile.slice(1).map((next, place) => {
    const last = profile[place]
    if (!next || !last) return 0
    return next.reduce((sum, value, c) => sum + square(value - last[c]), 0)
  })
  const floor = changes.reduce((sum, value) => sum + value, 0) / changes.length
  if (Math.max(...changes) < square(MIN_CHANGE)) return 0
  let [sum, weights] = [0, 0]
  changes.forEach((change, place) => {
    const off = place + 0.5 - reach
    const weight = Math.max(0, change - floor) * (1 - Math.abs(off) / (reach + 1))
    sum += weight * off
    weights += weight
  })
  return weights > 0 ? sum / weights : 0
}

/** Adds the colour between four pixels. @returns false where one of them is not known */
function addColor({ width, height, known, color }: Level, x: number, y: number, to: number[]): boolean {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return false
  const p = top * width + left
  if (!known[p] || !known[p + 1] || !known[p + width] || !known[p + width + 1]) return false
  const [u, v] = [x - left, y - top]
  for (let c = 0; c < 3; c++) {
    const at = (q: number) => (color[q] >>> (8 * c)) & 255
    to[c] +=
      (1 - v) * ((1 - u) * at(p) + u * at(p + 1)) + v * ((1 - u) * at(p + width) + u * at(p + width + 1))
  }
  return true
}

/** Shifts of the points between known stretches; before the first and after the last as there. None: 0. */
function between(shifts: Float64Array): void {
  const known = [...shifts.keys()].filter((k) => !Number.isNaN(shifts[k]))
  if (known.length === 0) shifts.fill(0)
  let next = 0
  for (let k = 0; k < shifts.length && known.length > 0; k++) {
    while (next < known.length && known[next] < k) next++
    const [a, b] = [known[Math.max(0, next - 1)], known[Math.min(next, known.length - 1)]]
    const part = b > a ? Math.min(1, Math.max(0, (k - a) / (b - a))) : 0
    shifts[k] = shifts[a] + part * (shifts[b] - shifts[a])
  }
}

function normalAt(line: readonly Point[], k: number): Point {
  const a = line[Math.max(0, k - TANGENT)]
  const b = line[Math.min(line.length - 1, k + TANGENT)]
  const length = Math.sqrt(square(b.x - a.x) + square(b.y - a.y)) || 1
  return { x: -(b.y - a.y) / length, y: (b.x - a.x) / length }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value))
}
