import { solveLeastSquares, square } from '../structure/leastSquares'
import type { Segment } from './segments'

/** Where lines meet that are parallel in the scene: (x / w, y / w), px; at infinity where w is 0. Of length 1. */
export interface VanishingPoint {
  readonly x: number
  readonly y: number
  readonly w: number
}

export interface Family {
  readonly point: VanishingPoint
  /** The segments that point at it. */
  readonly segments: readonly Segment[]
  /** Their share of the length of all segments. */
  readonly share: number
}

/** Sine of the angle by which a segment may miss its vanishing point, and px at its ends: short ones are less exact. */
const MAX_MISS = 0.02
const MAX_OFF = 0.4
/** Within as many times this angle none is left for another one. */
const NEAR = 3
/** Points are proposed by pairs of as many of the longest segments. */
const PROPOSERS = 40
/** and as many vote for them. */
const VOTERS = 120
/** A vanishing point has this share of the length of all segments, */
const MIN_SHARE = 0.12
/** as many segments, */
const MIN_SEGMENTS = 6
/** which lie on as many different lines. */
const MIN_LINES = 5
/** Lines that miss another's segment by no more are one with it, px. */
const SAME_LINE = 3
const MAX_POINTS = 3
const ROUNDS = 3

interface Voter extends Segment {
  /** Sine of the angle by which it may miss its vanishing point. */
  readonly slack: number
}

/**
 * Finds up to three vanishing points and the segments that point at each, the best supported first.
 * @param segments the longest first
 * @param centre of the picture and its half longer side, px: lengths are counted in it
 */
export function vanishingPoints(
  segments: readonly Segment[],
  centre: { readonly x: number; readonly y: number; readonly reach: number },
  tick: () => void,
): Family[] {
  const { x, y, reach } = centre
  const placed = segments.map((segment) => ({
    ...segment,
    x: (segment.x - x) / reach,
    y: (segment.y - y) / reach,
    length: segment.length / reach,
    slack: MAX_MISS + MAX_OFF / segment.length,
  }))
  const total = placed.reduce((sum, { length }) => sum + length, 0)
  const families: Family[] = []
  let left = placed.map((_, k) => k)
  while (families.length < MAX_POINTS) {
    tick()
    const all = left.map((k) => placed[k])
    const point = refined(proposed(all), all)
    if (!point) break
    const own = left.filter((k) => missOf(placed[k], point) <= placed[k].slack)
    const share = own.reduce((sum, k) => sum + placed[k].length, 0) / total
    const lines = countLines(
      own.map((k) => placed[k]),
      SAME_LINE / reach,
    )
    if (own.length < MIN_SEGMENTS || share < MIN_SHARE || lines < MIN_LINES) break
    families.push({
      point: unit(point.x * reach + point.w * x, point.y * reach + point.w * y, point.w),
      segments: own.map((k) => segments[k]),
      share,
    })
    left = left.filter((k) => missOf(placed[k], point) > NEAR * placed[k].slack)
  }
  return families
}

function unit(x: number, y: number, w: number): VanishingPoint {
  const length = Math.sqrt(x * x + y * y + w * w)
  return { x: x / length, y: y / length, w: w / length }
}

/** The sine of the angle between a segment and the line from its middle to a point; 1 where the point lies on it. */
function missOf({ x, y, dx, dy, length }: Segment, point: VanishingPoint): number {
  const [u, v] = [point.x - point.w * x, point.y - point.w * y]
  const far = u * u + v * v
  if (far <= square(point.w * length)) return 1
  return Math.abs(u * dy - v * dx) / Math.sqrt(far)
}

/** The crossing of two segments' lines that most others point at, by their lengths. */
function proposed(segments: readonly Voter[]): VanishingPoint | null {
  let best: VanishingPoint | null = null
  let most = 0
  const lines = segments.map(({ x, y, dx, dy }) => ({ a: -dy, b: dx, c: dy * x - dx * y }))
  const count = Math.min(PROPOSERS, segments.length)
  const voters = segments.slice(0, VOTERS)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const [s, t] = [lines[i], lines[j]]
      const [x, y, w] = [s.b * t.c - s.c * t.b, s.c * t.a - s.a * t.c, s.a * t.b - s.b * t.a]
      if (x * x + y * y + w * w < 1e-12) continue
      let score = 0
      for (const segment of voters) {
        const u = x - w * segment.x
        const v = y - w * segment.y
        const miss = u * segment.dy - v * segment.dx
        const share = (miss * miss) / (segment.slack * segment.slack * (u * u + v * v))
        if (share < 1) score += segment.length * (1 - share)
      }
      if (score > most) {
        most = score
        best = unit(x, y, w)
      }
    }
  return best
}

/** The point that its segments' lines are closest to, as angles. */
function refined(point: VanishingPoint | null, segments: readonly Voter[]): VanishingPoint | null {
  for (let round = 0; round < ROUNDS && point; round++) {
    const { x, y, w }: VanishingPoint = point
    const rows: number[][] = []
    const values: number[] = []
    // The largest coordinate is held at 1.
    const held = Math.abs(w) >= Math.max(Math.abs(x), Math.abs(y)) ? 2 : Math.abs(x) >= Math.abs(y) ? 0 : 1
    for (const segment of segments) {
      if (missOf(segment, point) > segment.slack) continue
      const { dx, dy } = segment
      const far = Math.sqrt(square(x - w * segment.x) + square(y - w * segment.y))
      const weight = Math.sqrt(segment.length) / far
      const line = [-dy * weight, dx * weight, (dy * segment.x - dx * segment.y) * weight]
      values.push(-line[held])
      rows.push(line.filter((_, k) => k !== held))
    }
    if (rows.length < 2) return null
    const [a, b] = solveLeastSquares(rows, values)
    point = held === 2 ? unit(a, b, 1) : held === 0 ? unit(1, a, b) : unit(a, 1, b)
  }
  return point
}

/** On how many different lines segments lie. */
function countLines(segments: readonly Segment[], apart: number): number {
  const kept: Segment[] = []
  for (const segment of segments)
    if (kept.every(({ x, y, dx, dy }) => Math.abs((segment.x - x) * dy - (segment.y - y) * dx) > apart))
      kept.push(segment)
  return kept.length
}
