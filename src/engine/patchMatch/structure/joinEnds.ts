import { ringsAround } from '../../../core/image/mixedRim'
import type { Level } from '../level'
import { type EdgeEnd, edgeEnds, followedOn, PROFILE_REACH } from './edgeEnds'
import { MIN_CHANGE, Tensors } from './edges'
import { fitPolynomials, square, valueOf } from './leastSquares'
import { type Path, pathOf, type Point } from './path'
import { runOut } from './runOut'
import { isOneWay, MAX_DENSITY, standingOut } from './standingOut'

/** Two ends belong together where their colours differ by at most this share of their contrast, */
const MAX_UNLIKE = 0.35
/** or, where one side of it is alike, as of what lies in front, by this much, and on that side by at most this; */
const MAX_UNLIKE_BEHIND = 0.6
const MAX_UNLIKE_FRONT = 0.12
/** or, where one is as the straight continuation of the other, by this much: */
const MAX_UNLIKE_ALIGNED = 0.45
/** both turn by at most this much (sine), are at least half as long as the gap, and lie this close to one line, px; */
const [MAX_TURN_ALIGNED, MAX_OFF_ALIGNED] = [0.15, 0.3] as const
/** where both turn by at most this much from the straight way between them (sine), */
const MAX_TURN = 0.5
/** and where one curve goes through both: how far they may lie off it, root mean square px. */
const MAX_OFF = 0.8
/** Degrees of the curve: the lowest that is no more than this much further off than the best. */
const DEGREES = [1, 2, 4] as const
const BENT_OFF = 1.3
/** How much of each end the curve goes through, px: half the gap between these. */
const [MIN_FITTED, MAX_FITTED] = [12, 64] as const
/** What an unfitting px and a degree cost beside unlike colours. */
const OFF_COST = 0.2
const DEGREE_COST = 0.1
const MIN_CONTRAST = 24
/** What is known of two ends carries them over a gap of this many times its length: bits of leaves are alike by chance. */
const MAX_GAP = 4
/** An end this close to a guide is of what that follows, px. */
const BESIDE_GUIDE = 6

interface Pair {
  readonly a: EdgeEnd
  readonly b: EdgeEnd
  readonly cost: number
  /** From the outer end of one trace to that of the other. */
  readonly points: () => Point[]
}

/**
 * Edges that the hole interrupts or ends at the picture's border, each with its known parts, best first.
 * @param guides where the user says how an edge goes on
 */
export function joinedEdges(level: Level, guides: readonly Path[], tick: () => void = () => {}): Path[] {
  const [rim, , ring] = ringsAround(level.hole, level.width, tick)
  tick()
  const tensors = new Tensors(level)
  const clear = edgeEnds(tensors, ring, tick).filter(
    ({ contrast, at }) => contrast >= MIN_CONTRAST && !guides.some((path) => isNear(path, at)),
  )
  const isDense = clear.length > MAX_DENSITY * rim.length
  const standing = isDense ? standingOut(clear) : clear
  const ends = standing.map((end) => {
    tick()
    return followedOn(tensors, end)
  })
  const pairs: Pair[] = []
  ends.forEach((a, k) => {
    tick()
    for (const b of ends.slice(k + 1)) {
      const pair = pairOf(tensors, a, b)
      if (pair) pairs.push(pair)
    }
  })
  const isJoined = new Set<EdgeEnd>()
  const paths: Path[] = []
  for (const { a, b, points } of pairs.toSorted((p, q) => p.cost - q.cost)) {
    if (isJoined.has(a) || isJoined.has(b)) continue
    isJoined.add(a).add(b)
    paths.push(pathOf(points()))
  }
  // Of many lines, as in a wall, the pattern tells how they go on.
  for (const end of standing === clear && isDense ? [] : ends) {
    tick()
    const points = isJoined.has(end) ? null : runOut(tensors, end)
    if (points) paths.push(pathOf(points))
  }
  // Joints of bricks would lose each other, joined one by one; a lone line is of what lies in front.
  const isNet = isDense && standing === clear && !isOneWay(clear)
  return isNet && paths.length > 1 ? [] : paths
}

function isNear({ xs, ys }: Path, { x, y }: Point): boolean {
  return xs.some((at, k) => square(at - x) + square(ys[k] - y) < square(BESIDE_GUIDE))
}

function pairOf(tensors: Tensors, a: EdgeEnd, b: EdgeEnd): Pair | null {
  const x = b.at.x - a.at.x
  const y = b.at.y - a.at.y
  const length = Math.sqrt(x * x + y * y)
  if (length < 4 || length > MAX_GAP * (a.trace.length + b.trace.length)) return null
  if (a.into.x * x + a.into.y * y <= 0 || b.into.x * x + b.into.y * y >= 0) return null
  const turnA = (a.into.x * y - a.into.y * x) / length
  const turnB = (b.into.x * y - b.into.y * x) / length
  if (Math.abs(turnA) > MAX_TURN || Math.abs(turnB) > MAX_TURN) return null
  const unlike = unlikeness(a, b)
  const isAligned =
    Math.max(Math.abs(turnA), Math.abs(turnB)) <= MAX_TURN_ALIGNED &&
    Math.min(a.trace.length, b.trace.length) >= length / 2
  if (unlike > (isAligned ? MAX_UNLIKE_ALIGNED : MAX_UNLIKE)) return null
  const along = { x: x / length, y: y / length }
  const curve = curveThrough(a, b, along, length)
  if (!curve || (unlike > MAX_UNLIKE && (curve.off > MAX_OFF_ALIGNED || curve.degree > 2))) return null
  if (!isHidden(tensors, curve, along, length)) return null
  const cost = unlike + OFF_COST * curve.off + DEGREE_COST * curve.degree + length / 1000
  return { a, b, cost, points: curve.points }
}

/**
 * The root mean square difference of two profiles, one of them reversed, in parts of their contrast. A hard edge lies up
 * to half a pixel beside each trace.
 */
function unlikeness(a: EdgeEnd, b: EdgeEnd): number {
  return Math.min(...[-1, 0, 1].map((shift) => shiftedUnlikeness(a, b, shift)))
}

function shiftedUnlikeness(a: EdgeEnd, b: EdgeEnd, shift: number): number {
  const last = 2 * PROFILE_REACH
  let [right, rightWeights, left, leftWeights, all, weights] = [0, 0, 0, 0, 0, 0]
  for (let k = Math.max(0, shift); k <= Math.min(last, last + shift); k++) {
    // What lies further off belongs less to the edge.
    const weight = 1 / (1 + Math.abs(k - PROFILE_REACH))
    const at = (last - k + shift) * 3
    for (let c = 0; c < 3; c++) {
      const off = weight * square(a.profile[k * 3 + c] - b.profile[at + c])
      all += off
      if (k <= PROFILE_REACH) right += off
      if (k >= PROFILE_REACH) left += off
    }
    weights += weight
    if (k <= PROFILE_REACH) rightWeights += weight
    if (k >= PROFILE_REACH) leftWeights += weight
  }
  const contrast = Math.max(a.contrast, b.contrast)
  const unlike = Math.sqrt(all / weights) / contrast
  const front = Math.min(Math.sqrt(right / rightWeights), Math.sqrt(left / leftWeights)) / contrast
  return front <= MAX_UNLIKE_FRONT && unlike <= MAX_UNLIKE_BEHIND ? Math.min(unlike, MAX_UNLIKE) : unlike
}

interface Curve {
  readonly degree: number
  /** How far the ends lie off it, root mean square px. */
  readonly off: number
  /** So many px from the one end towards the other. */
  readonly pointAt: (px: number) => Point
  readonly points: () => Point[]
}

/** The line or parabola over the way between two ends that goes through both; null where none does. */
function curveThrough(a: EdgeEnd, b: EdgeEnd, along: Point, length: number): Curve | null {
  const origin = a.at
  const fitted = Math.min(MAX_FITTED, Math.max(MIN_FITTED, Math.round(length * 0.5)))
  const seen = Math.min(fitted, a.trace.length)
  const count = seen + Math.min(fitted, b.trace.length)
  const ts = new Float64Array(count)
  const vs = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const { x, y } = k < seen ? a.trace[k] : b.trace[k - seen]
    ts[k] = ((x - origin.x) * along.x + (y - origin.y) * along.y) / length
    vs[k] = (y - origin.y) * along.x - (x - origin.x) * along.y
  }
  const fits = fitPolynomials(ts, vs, DEGREES).map((factors, n) => {
    let sum = 0
    for (let k = 0; k < count; k++) sum += square(vs[k] - valueOf(factors, ts[k]))
    return { degree: DEGREES[n], factors, off: Math.sqrt(sum / count) }
  })
  const best = Math.min(...fits.map((fit) => fit.off))
  const { degree, factors, off } = fits.find((fit) => fit.off <= BENT_OFF * best + 0.05) ?? fits[0]
  if (off > MAX_OFF) return null
  const pointAt = (px: number) => {
    const t = px / length
    const v = valueOf(factors, t)
    return {
      x: origin.x + along.x * t * length - along.y * v,
      y: origin.y + along.y * t * length + along.x * v,
    }
  }
  const points = () => {
    // A trace winds from pixel to pixel: where the curve goes through it, the curve is the edge.
    const from = Math.round(ts[seen - 1] * length)
    const to = Math.round(ts[count - 1] * length)
    const smooth = Array.from({ length: to - from + 1 }, (_, k) => pointAt(from + k))
    return [...a.trace.slice(fitted).toReversed(), ...smooth, ...b.trace.slice(fitted)]
  }
  return { degree, off, pointAt, points }
}

/** True where a way leads through the hole; known pixels on it, but for those at its ends, have to be an edge, too. */
function isHidden(tensors: Tensors, { pointAt }: Curve, along: Point, length: number): boolean {
  const { width, height, hole } = tensors.level
  const steps = Math.ceil(length)
  const margin = Math.min(6, steps >> 2)
  const normal = { x: -along.y, y: along.x }
  let holes = 0
  // From the middle, where most ways that are none are told.
  for (let n = 0; n < steps; n++) {
    const k = (steps >> 1) + (n % 2 === 0 ? n >> 1 : -(n + 1) >> 1)
    const at = pointAt(k)
    const x = Math.round(at.x)
    const y = Math.round(at.y)
    if (x < 0 || y < 0 || x >= width || y >= height) return false
    if (hole[y * width + x]) holes++
    else if (k >= margin && k < steps - margin) {
      const change = tensors.changeAlong(at.x, at.y, normal)
      if (change >= 0 && change < MIN_CHANGE) return false
    }
  }
  return holes > 0
}
