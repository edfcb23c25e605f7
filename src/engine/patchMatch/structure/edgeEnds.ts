import type { Level } from '../level'
import type { Tensors } from './edges'
import { fitPolynomial, square, valueOf } from './leastSquares'
import type { Point } from './path'

/** An edge of the picture that runs into the hole. */
export interface EdgeEnd {
  /** Where it meets the hole's rim, px. */
  readonly at: Point
  /** Into the hole, of length 1. */
  readonly into: Point
  /** Its known part, from the rim outwards, a pixel apart. */
  readonly trace: readonly Point[]
  /** Colours across it from PROFILE_REACH px right of `into` to as many left of it, three values each. */
  readonly profile: Float64Array
  /** The largest difference in its profile, levels. */
  readonly contrast: number
}

/** An edge runs into the hole where it reaches it within this many px, and this many earlier than the other way. */
const MAX_WALK = 20
const MIN_TURN = 3
/** Half the side of the window that says where an edge points, px. */
const WINDOW = 2
const MIN_COHERENCE = 0.55
/** An edge changes by this much across, levels a pixel, */
const MIN_STRENGTH = 7
/** and is this many px long. */
const MIN_TRACE = 8
const MAX_TRACE = 400
/** As far it is followed before it is known to matter, px: in a texture every pixel has an edge. */
const FIRST_TRACE = 40
/** A trace ends where the edge has less than this share of its first strength. */
const MIN_KEPT = 0.4
/** How far an edge may wind within one px, px. */
const WANDER = 1
/** Points back to the one that says where a trace goes. */
const LOOK_BACK = 8
/** Points of a trace that say where the edge points at the rim. */
const FIT = 24
/** As many tell whether it bends. */
const BENT = 18
/** Mean square distance of these from a parabola, px squared. */
const MAX_ROUGHNESS = 0.35
/** What is compared to tell whether two ends belong to one edge, px on each side of it. */
export const PROFILE_REACH = 3
/** Points of a trace whose colours make the profile. */
const PROFILE_POINTS = 10
/** Holes with more ends are texture: joining would take longer than it gains. */
const MAX_ENDS = 600

/**
 * Finds the edges that run into the hole.
 * @param ring pixels some px from the hole: nearer ones have no gradient that is known
 */
export function edgeEnds(tensors: Tensors, ring: readonly number[], tick: () => void = () => {}): EdgeEnd[] {
  const ends: EdgeEnd[] = []
  for (const p of ring) {
    tick()
    const end = endAt(tensors, p)
    if (end) ends.push(end)
  }
  const strongest = ends.toSorted((a, b) => b.contrast * b.trace.length - a.contrast * a.trace.length)
  const kept: EdgeEnd[] = []
  for (const end of strongest) {
    if (kept.length === MAX_ENDS) break
    if (!kept.some((other) => isSame(end, other))) kept.push(end)
  }
  return kept
}

/** Follows an edge on that was cut short at first. */
export function followedOn(tensors: Tensors, end: EdgeEnd): EdgeEnd {
  const { trace } = end
  if (trace.length < FIRST_TRACE) return end
  const [back, from] = [trace[trace.length - 1 - LOOK_BACK], trace[trace.length - 1]]
  const length = Math.sqrt(square(from.x - back.x) + square(from.y - back.y))
  if (length === 0) return end
  const direction = { x: (from.x - back.x) / length, y: (from.y - back.y) / length }
  const more = follow(tensors, from, direction, MAX_TRACE - trace.length)
  return { ...end, trace: [...trace, ...more.slice(1)] }
}

/** Two traces of one edge, from neighbouring pixels of the ring. */
function isSame(a: EdgeEnd, b: EdgeEnd): boolean {
  const dx = a.at.x - b.at.x
  const dy = a.at.y - b.at.y
  if (dx * dx + dy * dy > 36) return false
  return Math.abs(dx * b.into.y - dy * b.into.x) < 1 && a.into.x * b.into.x + a.into.y * b.into.y > 0.9
}

function endAt(tensors: Tensors, p: number): EdgeEnd | null {
  const { level } = tensors
  // Most pixels are told by themselves.
  const alone = tensors.edgeAt(p, 0)
  if (!alone || alone.strength < MIN_STRENGTH / 2) return null
  const edge = tensors.edgeAt(p, WINDOW)
  if (!edge || edge.strength < MIN_STRENGTH / 2 || edge.coherence < MIN_COHERENCE) return null
  const start = { x: p % level.width, y: (p / level.width) | 0 }
  const ahead = stepsToHole(level, start, edge.along, 1)
  const behind = stepsToHole(level, start, edge.along, -1)
  if (Math.abs(ahead - behind) < MIN_TURN) return null
  const sign = ahead < behind ? -1 : 1
  const outwards = { x: edge.along.x * sign, y: edge.along.y * sign }
  const inwards = { x: -outwards.x, y: -outwards.y }
  const inner = follow(tensors, start, inwards, MAX_WALK).toReversed()
  const trace = [...inner.slice(0, -1), ...follow(tensors, start, outwards, FIRST_TRACE)]
  if (trace.length < MIN_TRACE) return null
  const fitted = fit(trace)
  if (!fitted) return null
  const profile = profileOf(level, trace, fitted.into)
  let contrast = 0
  for (let c = 0; c < 3; c++) {
    const values = profile.filter((_, k) => k % 3 === c)
    contrast = Math.max(contrast, Math.max(...values) - Math.min(...values))
  }
  return { ...fitted, trace, profile, contrast }
}

/** How many px a walk straight along an edge takes into the hole, at most MAX_WALK. */
function stepsToHole({ width, height, hole }: Level, from: Point, along: Point, sign: 1 | -1): number {
  for (let step = 1; step < MAX_WALK; step++) {
    const x = Math.round(from.x + sign * step * along.x)
    const y = Math.round(from.y + sign * step * along.y)
    if (x >= 0 && y >= 0 && x < width && y < height && hole[y * width + x]) return step
  }
  return MAX_WALK
}

/** Follows an edge outwards along its steepest points. */
function follow(tensors: Tensors, start: Point, direction: Point, maxLength: number): Point[] {
  const trace: Point[] = []
  let { x, y } = start
  let { x: dx, y: dy } = direction
  let first = 0
  while (trace.length < maxLength) {
    const normal = { x: -dy, y: dx }
    let best = -1
    let shift = 0
    for (let off = -WANDER; off <= WANDER; off += 0.5) {
      const change = tensors.changeAlong(x + off * normal.x, y + off * normal.y, normal)
      // Of equal ones the middle one.
      if (change > best + 1e-9 || (change > best - 1e-9 && Math.abs(off) < Math.abs(shift))) {
        best = change
        shift = off
      }
    }
    if (best < MIN_STRENGTH || best < MIN_KEPT * first) break
    if (trace.length < 6) first = Math.max(first, best)
    const here = centred(tensors, { x: x + shift * normal.x, y: y + shift * normal.y }, normal, best)
    trace.push(here)
    const back = trace[Math.max(0, trace.length - 1 - LOOK_BACK)]
    const length = Math.sqrt(square(here.x - back.x) + square(here.y - back.y))
    if (trace.length > LOOK_BACK && length > 0) {
      const [tx, ty] = [(here.x - back.x) / length, (here.y - back.y) / length]
      // It turns no more than an edge does.
      if (tx * dx + ty * dy < 0.85) break
      const [sx, sy] = [dx + 0.4 * tx, dy + 0.4 * ty]
      const sum = Math.sqrt(sx * sx + sy * sy)
      dx = sx / sum
      dy = sy / sum
    }
    x = here.x + dx
    y = here.y + dy
  }
  return trace
}

/** The top of the parabola through three changes across an edge. */
function centred(tensors: Tensors, at: Point, normal: Point, here: number): Point {
  const before = tensors.changeAlong(at.x - normal.x, at.y - normal.y, normal)
  const after = tensors.changeAlong(at.x + normal.x, at.y + normal.y, normal)
  const bend = 2 * here - before - after
  if (before < 0 || after < 0 || bend <= 0) return at
  const off = Math.max(-0.5, Math.min(0.5, (after - before) / (2 * bend)))
  return { x: at.x + off * normal.x, y: at.y + off * normal.y }
}

/** Where a trace points at its start, by a parabola through its first points; a line for a short one. */
function fit(trace: readonly Point[]): Pick<EdgeEnd, 'at' | 'into'> | null {
  const count = Math.min(FIT, trace.length)
  const [a, b] = [trace[0], trace[count - 1]]
  const length = Math.sqrt(square(b.x - a.x) + square(b.y - a.y))
  if (length < count / 2) return null
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const ts: number[] = []
  const vs: number[] = []
  for (let k = 0; k < count; k++) {
    const [x, y] = [trace[k].x - a.x, trace[k].y - a.y]
    ts.push((x * ux + y * uy) / length)
    vs.push(y * ux - x * uy)
  }
  const factors = fitPolynomial(ts, vs, count >= BENT ? 2 : 1)
  let rough = 0
  for (let k = 0; k < count; k++) rough += square(vs[k] - valueOf(factors, ts[k]))
  if (rough > MAX_ROUGHNESS * count) return null
  const [c0, c1] = factors
  const slope = c1 / length
  const size = Math.sqrt(1 + slope * slope)
  return {
    at: { x: a.x - uy * c0, y: a.y + ux * c0 },
    into: { x: -(ux - uy * slope) / size, y: -(uy + ux * slope) / size },
  }
}

/** The mean colours across the first points of a trace. */
function profileOf(
  { width, height, color, known }: Level,
  trace: readonly Point[],
  into: Point,
): Float64Array {
  const out = new Float64Array((2 * PROFILE_REACH + 1) * 3)
  for (let off = -PROFILE_REACH; off <= PROFILE_REACH; off++) {
    let count = 0
    const k = (off + PROFILE_REACH) * 3
    for (const point of trace.slice(0, PROFILE_POINTS)) {
      const x = Math.round(point.x + off * into.y)
      const y = Math.round(point.y - off * into.x)
      if (x < 0 || y < 0 || x >= width || y >= height || !known[y * width + x]) continue
      const c = color[y * width + x]
      count++
      for (let n = 0; n < 3; n++) out[k + n] += (c >>> (8 * n)) & 255
    }
    for (let n = 0; n < 3; n++) out[k + n] = count > 0 ? out[k + n] / count : 0
  }
  return out
}
