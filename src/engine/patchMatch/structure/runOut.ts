import type { EdgeEnd } from './edgeEnds'
import { MIN_CHANGE, type Tensors } from './edges'
import { fitPolynomial, square, valueOf } from './leastSquares'
import type { Point } from './path'

/** An edge runs on to the picture's border where it is this long, px, and straight (mean square px off a line), */
const MIN_STRAIGHT = 24
const MAX_OFF_STRAIGHT = 0.3
/** by no more than this many times its known length. */
const MAX_RUN = 3
/** How much of it says where it goes, px. */
const MAX_FITTED = 64
/** Behind the hole it has to show where that is known, which is too narrow there for an end of its own, px; */
const MAX_BEHIND = 12
/** it may lie this far off its straight way, px. */
const ASIDE = 2

/** A straight edge that the hole ends, up to the picture's border where nothing known speaks against it; null for others. */
export function runOut(tensors: Tensors, { trace }: EdgeEnd): Point[] | null {
  const { width, height, hole } = tensors.level
  if (trace.length < MIN_STRAIGHT) return null
  const fitted = Math.min(MAX_FITTED, trace.length)
  const [from, to] = [trace[fitted - 1], trace[0]]
  const length = Math.sqrt(square(to.x - from.x) + square(to.y - from.y))
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
  const ts = trace.slice(0, fitted).map(({ x, y }) => (x - from.x) * along.x + (y - from.y) * along.y)
  const vs = trace.slice(0, fitted).map(({ x, y }) => (y - from.y) * along.x - (x - from.x) * along.y)
  const line = fitPolynomial(ts, vs, 1)
  let off = 0
  ts.forEach((t, k) => (off += square(vs[k] - valueOf(line, t))))
  if (off > MAX_OFF_STRAIGHT * fitted) return null
  const points = trace.slice(fitted).toReversed()
  let [holes, behind] = [0, 0]
  for (let t = 0; t <= length + MAX_RUN * trace.length; t++) {
    const v = valueOf(line, t)
    const point = { x: from.x + along.x * t - along.y * v, y: from.y + along.y * t + along.x * v }
    const [x, y] = [Math.round(point.x), Math.round(point.y)]
    if (x < 0 || y < 0 || x >= width || y >= height) return holes > 0 ? points : null
    if (hole[y * width + x]) {
      if (behind > 0) return null
      holes++
    } else if (holes > 0) {
      if (++behind > MAX_BEHIND || !showsAt(tensors, point, along)) return null
      continue
    }
    points.push(point)
  }
  return null
}

/** False where it is known that there is no edge near a point. */
function showsAt(tensors: Tensors, { x, y }: Point, along: Point): boolean {
  const normal = { x: -along.y, y: along.x }
  let [most, isKnown] = [0, false]
  for (let off = -ASIDE; off <= ASIDE; off++) {
    const change = tensors.changeAlong(x + off * normal.x, y + off * normal.y, normal)
    if (change >= 0) isKnown = true
    most = Math.max(most, change)
  }
  return !isKnown || most >= MIN_CHANGE
}
