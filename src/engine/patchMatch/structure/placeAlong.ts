import { HELD, type OffsetField, PLACED } from '../offsetField'
import { square } from './leastSquares'
import { type Path, tangent } from './path'

/** Patches whose centre is this close to a line follow it, px beside their own radius. */
const BESIDE = 1
/** Costs of a source: for each squared px that it lies beside the line, for turning as a patch sees it, */
const ASIDE = 4
const TURNED = 4
/** for pixels at the rim that differ, a level of standard deviation, */
const UNLIKE = 0.05
/** for each px that it comes from, */
const FAR = 0.002
/** and for not going on where the one before it does. */
const JUMP = 3
/** Known pixels of a patch that say something about its fit. */
const MIN_SEEN = 6

/**
 * Gives the patches along a line sources along its known parts, so that it goes through the hole as it is outside. The
 * chain of sources costs least as a whole.
 * @param isHeld the search leaves them as they are
 * @param tick called now and then
 * @see Sun et al., "Image Completion with Structure Propagation", 2005
 * @returns the number of patches placed
 */
export function placeAlong(
  field: OffsetField,
  path: Path,
  isHeld = false,
  tick: () => void = () => {},
): number {
  const { width } = field.level
  const sources: number[] = []
  const targets: number[] = []
  const centre = (k: number) => {
    const x = Math.round(path.xs[k])
    const y = Math.round(path.ys[k])
    return x < 0 || y < 0 || x >= width || y >= field.level.height ? -1 : y * width + x
  }
  for (let k = 0; k < path.xs.length; k++) {
    const p = centre(k)
    if (p < 0) continue
    if (field.valid[p]) sources.push(k)
    else if (field.targetOf(p % width, (p / width) | 0) >= 0) targets.push(k)
  }
  if (sources.length === 0 || targets.length === 0) return 0
  const offsets = bandOffsets(field, path, chain(field, path, targets, sources, tick), targets)
  for (const [i, offset] of offsets) {
    field.match[i] = field.targets[i] + offset
    field.placed[i] = isHeld ? HELD : PLACED
  }
  return offsets.size
}

/** Chooses a source for each target point of a path. @returns indices of the path's points */
function chain(
  field: OffsetField,
  path: Path,
  targets: readonly number[],
  sources: readonly number[],
  tick: () => void,
): number[] {
  const count = sources.length
  const tangents = sources.map((k) => tangent(path, k))
  const [tangentX, tangentY] = [
    Float64Array.from(tangents, ({ x }) => x),
    Float64Array.from(tangents, ({ y }) => y),
  ]
  const [sourceX, sourceY] = [path.xs, path.ys].map((all) => Float64Array.from(sources, (k) => all[k]))
  const { radius } = field
  // In path order, so that the next source goes on where this one ends.
  let costs = new Float64Array(count)
  let next = new Float64Array(count)
  const from = new Int32Array(count * targets.length)
  for (const [row, t] of targets.entries()) {
    tick()
    const unlike = unlikeness(field, path, t, sources)
    const here = tangent(path, t)
    const [x, y] = [path.xs[t], path.ys[t]]
    const back = from.subarray(row * count, (row + 1) * count)
    let cheapest = 0
    for (let s = 1; s < count; s++) if (costs[s] < costs[cheapest]) cheapest = s
    const jump = costs[cheapest] + JUMP
    const goesOn = row > 0 && targets[row - 1] === t - 1
    for (let s = 0; s < count; s++) {
      const dx = sourceX[s] - x
      const dy = sourceY[s] - y
      const aside = (dx - Math.round(dx)) * -here.y + (dy - Math.round(dy)) * here.x
      // About the squared angle; where a closed line runs the other way its sides are swapped.
      const turned = 2 * (1 - here.x * tangentX[s] - here.y * tangentY[s]) * radius * radius
      const own =
        ASIDE * aside * aside + TURNED * turned + UNLIKE * unlike[s] + FAR * Math.sqrt(dx * dx + dy * dy)
      const follows = goesOn && s > 0 && sources[s - 1] === sources[s] - 1
      const isChained = follows && costs[s - 1] <= jump
      next[s] = own + (isChained ? costs[s - 1] : jump)
      back[s] = isChained ? s - 1 : cheapest
    }
    ;[costs, next] = [next, costs]
  }
  let s = costs.indexOf(Math.min(...costs))
  const chosen: number[] = []
  for (let row = targets.length - 1; row >= 0; row--) {
    chosen[row] = sources[s]
    s = from[row * count + s]
  }
  return chosen
}

/** By source: the root mean square difference from the known pixels of the patch at a point; 0 where few are known. */
function unlikeness(
  { level, radius }: OffsetField,
  path: Path,
  t: number,
  sources: readonly number[],
): Float64Array {
  const { width, height, known, color } = level
  const [x, y] = [Math.round(path.xs[t]), Math.round(path.ys[t])]
  const seen: number[] = []
  for (let j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j++)
    for (let i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++)
      if (known[j * width + i]) seen.push(j * width + i)
  const out = new Float64Array(sources.length)
  if (seen.length < MIN_SEEN) return out
  const pixels = Int32Array.from(seen)
  const here = pixels.map((p) => color[p])
  for (let s = 0; s < sources.length; s++) {
    const offset =
      Math.round(path.ys[sources[s]] - path.ys[t]) * width + Math.round(path.xs[sources[s]] - path.xs[t])
    let sum = 0
    for (let n = 0; n < pixels.length; n++) {
      const [a, b] = [here[n], color[pixels[n] + offset]]
      const red = (a & 255) - (b & 255)
      const green = ((a >>> 8) & 255) - ((b >>> 8) & 255)
      const blue = ((a >>> 16) & 255) - ((b >>> 16) & 255)
      sum += red * red + green * green + blue * blue
    }
    out[s] = Math.sqrt(sum / (3 * seen.length))
  }
  return out
}

/** By target beside a point: the offset of the nearest point's source. */
function bandOffsets(
  field: OffsetField,
  path: Path,
  chosen: readonly number[],
  points: readonly number[],
): Map<number, number> {
  const { level, radius, valid, placed } = field
  const { width, height } = level
  const reach = radius + BESIDE
  const offsets = new Map<number, number>()
  const nearest = new Map<number, number>()
  points.forEach((t, row) => {
    const [cx, cy] = [path.xs[t], path.ys[t]]
    const dx = Math.round(path.xs[chosen[row]] - cx)
    const dy = Math.round(path.ys[chosen[row]] - cy)
    for (let y = Math.max(0, Math.ceil(cy - reach)); y <= Math.min(height - 1, cy + reach); y++) {
      for (let x = Math.max(0, Math.ceil(cx - reach)); x <= Math.min(width - 1, cx + reach); x++) {
        const i = field.targetOf(x, y)
        if (i < 0 || placed[i]) continue
        const off = square(x - cx) + square(y - cy)
        if (off > reach * reach || off >= (nearest.get(i) ?? Infinity)) continue
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue
        if (!valid[(y + dy) * width + x + dx]) continue
        nearest.set(i, off)
        offsets.set(i, dy * width + dx)
      }
    }
  })
  return offsets
}
