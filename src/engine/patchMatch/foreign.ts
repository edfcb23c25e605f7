import { dropPatches, type Level, sourcePatches, wholePatches } from './level'
import { UNLIKE_STEP, unlikenessOf } from './rimColors'

/** What is that unlike is taken away where it stands near, */
const MIN_FOREIGN = 16
/** and a patch of no more is alike. */
const MAX_ALIKE = 7
/** As many of these has a coarse level. */
const MIN_ALIKE = 50
/** Where a larger share of what is next to the hole is unlike its rim, the rim is no measure: it runs along a joint of tiles. */
const MAX_UNLIKE = 0.2

/**
 * Finds what stands near the hole without touching it, as a head beside a piece of wall, and keeps it out of the hole: on
 * coarse levels a patch that reaches the hole shows it, and would bring more of it. There such pixels within reach are taken
 * for a part of the hole, patches are made so small that enough of them are free of it, and elsewhere it costs more. The
 * finest level's patches reach no further than the rim.
 * @param levels finest first; those without room for patches that are like the rim are taken off the end
 * @param radii by level, of its patches, px; made smaller
 */
export function keepForeignOut(levels: Level[], radii: number[], tick: () => void): void {
  if (levels.length === 1) return
  let unlike = unlikenessOf(levels[0], levels[1], tick)
  tick()
  if (shareBeside(levels[1], unlike, 2 * radii[1]) > MAX_UNLIKE) return
  tick()
  for (let k = 1; k < levels.length; k++) {
    const level = levels[k]
    if (k > 1) unlike = halved(unlike, levels[k - 1], level)
    if (!unlike.some((value) => value > 0)) break
    level.foreign = unlike
    tick()
    takeAway(level, unlike, 2 * radii[k], radii[k])
    tick()
  }
  for (let k = 1; k < levels.length && levels[k].foreign; k++) {
    let radius = Math.min(radii[k], radii[k - 1])
    while (radius > 0 && countAlike(levels[k], radius, tick) < MIN_ALIKE) radius--
    if (radius > 0) radii[k] = radius
    else levels.length = radii.length = k
  }
}

/** The mean of the four pixels of the finer level. */
function halved(fine: Uint8Array, { width: w, height: h }: Level, { width, height }: Level) {
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [right, below] = [2 * x + 1 < w ? 1 : 0, 2 * y + 1 < h ? w : 0]
      const p = 2 * y * w + 2 * x
      out[y * width + x] = (fine[p] + fine[p + right] + fine[p + below] + fine[p + right + below] + 2) >> 2
    }
  return out
}

/** The share of the known pixels within `reach` of the hole that are foreign. */
function shareBeside(
  { width, height, rows = height, hole, known }: Level,
  unlike: Uint8Array,
  reach: number,
) {
  const near = windowSums(hole, width, height, reach)
  let [all, foreign] = [0, 0]
  for (let p = 0; p < rows * width; p++) {
    if (!known[p] || near[p] === 0) continue
    all++
    if (unlike[p] >= MIN_FOREIGN) foreign++
  }
  return all === 0 ? 0 : foreign / all
}

/** Makes foreign pixels within `reach` of the hole a part of it, where enough patches are left. */
function takeAway(level: Level, unlike: Uint8Array, reach: number, radius: number): void {
  const { width, height, rows = height, hole, known } = level
  const near = windowSums(hole, width, height, reach)
  const kept = known.slice()
  const taken: number[] = []
  for (let p = 0; p < rows * width; p++) {
    if (!known[p] || near[p] === 0 || unlike[p] < MIN_FOREIGN) continue
    kept[p] = 0
    taken.push(p)
  }
  if (taken.length === 0) return
  const patches = wholePatches(kept, width, height, radius)
  if (patches.reduce((sum, flag) => sum + flag, 0) < MIN_ALIKE) return
  for (const p of taken) {
    known[p] = 0
    hole[p] = 1
  }
  dropPatches(level)
}

function countAlike(level: Level, radius: number, tick: () => void): number {
  let count = 0
  for (const value of pricedPatches(level, radius, tick)) if (value > 0 && value <= 1 + MAX_ALIKE) count++
  return count
}

/** By pixel: 0 where no patch is centred that may be copied whole, else 1 and its mean unlikeness. */
export function pricedPatches(
  level: Level,
  radius: number,
  tick: () => void = () => {},
): Uint8Array<ArrayBuffer> {
  const { foreign, width, height } = level
  const valid = sourcePatches(level, radius, tick)
  if (!foreign) return valid
  const sums = windowSums(foreign, width, height, radius)
  const area = (2 * radius + 1) ** 2
  tick()
  const out = new Uint8Array(valid.length)
  for (let p = 0; p < out.length; p++) if (valid[p]) out[p] = 1 + Math.round(sums[p] / area)
  return out
}

/** What a patch costs for each step of its unlikeness, squared levels. */
export function foreignPrice(radius: number): number {
  return UNLIKE_STEP * (2 * radius + 1) ** 2
}

/** By pixel: the sum over the square of (2 radius + 1) px around it. */
function windowSums(values: Uint8Array, width: number, height: number, radius: number): Int32Array {
  const out = new Int32Array(values.length)
  const columns = new Int32Array(width)
  for (let y = -radius; y < height; y++) {
    const [enters, leaves] = [y + radius, y - radius - 1]
    for (let x = 0; x < width; x++) {
      if (enters < height) columns[x] += values[enters * width + x]
      if (leaves >= 0) columns[x] -= values[leaves * width + x]
    }
    if (y < 0) continue
    let sum = 0
    for (let x = -radius; x < width; x++) {
      if (x + radius < width) sum += columns[x + radius]
      if (x - radius > 0) sum -= columns[x - radius - 1]
      if (x >= 0) out[y * width + x] = sum
    }
  }
  return out
}
