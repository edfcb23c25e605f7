import type { Random } from '../random'
import { type Level, sourcePatches } from './level'
import { halveLevel, writeTexture } from './pyramid'

/** Offsets by which the known part repeats itself, as one level has them. */
export interface DominantOffsets {
  /** dx and dy, px, of each; the most frequent first. */
  readonly pairs: Int32Array<ArrayBuffer>
  /** Keys of the offsets at their hashes. @see keyOf */
  readonly table: Int32Array<ArrayBuffer>
  /** Offsets that agree but for this many last bits have the same key. */
  readonly shift: number
}

/** As many are kept, */
const MAX_OFFSETS = 60
/** from a level of at most this many px, */
const MAX_PIXELS = 130_000
/** or where there is none that small, of at most this many, */
const MAX_SEARCHED = 300_000
/** of which as many patches are looked at. */
const MAX_LOOKED_AT = 6_000
/** Patches between two ticks: a few ms. */
const TICK_PLACES = 512
/** An offset has at least this share of the picture's longer side: near patches are alike anyway. */
const MIN_SHARE = 15
/** Rounds of the search for what patches repeat, */
const ROUNDS = 4
/** and half the side of the square of the histogram in which one peak is kept, px. */
const PEAK_REACH = 3
const TABLE_BITS = 10
const NO_KEY = 0x7fffffff
export const NO_OFFSETS: DominantOffsets = {
  pairs: new Int32Array(0),
  table: new Int32Array(1 << TABLE_BITS).fill(NO_KEY),
  shift: 0,
}

/** The number by which an offset is looked up. */
export function keyOf(dx: number, dy: number, shift: number): number {
  const half = (1 << shift) >> 1
  return Math.imul((dy + half) >> shift, 65_536) + ((dx + half) >> shift)
}

export function hashOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
}

/**
 * Finds how the known part repeats itself, for each level.
 * @param tick called now and then
 * @see He and Sun, "Statistics of Patch Offsets for Image Completion", 2012
 */
export function dominantOffsets(
  levels: readonly Level[],
  radii: readonly number[],
  random: Random,
  tick: () => void = () => {},
): DominantOffsets[] {
  const found = levels.findIndex(({ color }) => color.length <= MAX_PIXELS)
  let at = found < 0 ? levels.length - 1 : found
  const radius = radii[at]
  let level = levels[at]
  // A thin hole has no level as small: its search would take longer than the fill.
  for (; level.color.length > MAX_SEARCHED; at++) {
    level = halveLevel(level, tick)
    writeTexture(level, 4, tick)
  }
  const peaks = peaksOf(level, radius, random, tick)
  tick()
  return levels.map((_, k) => offsetsOf(peaks, at - k))
}

/** @param times how often the offsets are doubled; below 0 halved */
function offsetsOf(peaks: readonly (readonly [number, number])[], times: number): DominantOffsets {
  const shift = Math.max(0, times)
  const scale = 2 ** times
  const pairs = Int32Array.from(peaks.flat(), (value) => Math.floor(value * scale + 0.5))
  const table = NO_OFFSETS.table.slice()
  for (let k = 0; k < pairs.length; k += 2) {
    const key = keyOf(pairs[k], pairs[k + 1], shift)
    table[hashOf(key)] = key
  }
  return { pairs, table, shift }
}

/**
 * Adds further offsets, which are offered as often as those that are there.
 * @param ways dx and dy of each, px of the finest level
 * @param halved how often the level was
 */
export function withWays(
  own: DominantOffsets,
  ways: readonly (readonly [number, number])[],
  halved: number,
): DominantOffsets {
  if (ways.length === 0) return own
  const { shift } = own
  const table = own.table.slice()
  const added = ways.flat().map((value) => Math.floor(value / 2 ** halved + 0.5))
  for (let k = 0; k < added.length; k += 2) {
    const key = keyOf(added[k], added[k + 1], shift)
    table[hashOf(key)] = key
  }
  const pairs = [...own.pairs]
  do pairs.push(...added)
  while (pairs.length < 2 * own.pairs.length)
  return { pairs: Int32Array.from(pairs), table, shift }
}

function peaksOf(level: Level, radius: number, random: Random, tick: () => void): [number, number][] {
  const { width, height } = level
  const counts = new Int32Array((2 * width + 1) * (2 * height + 1))
  const stride = 2 * width + 1
  const centre = height * stride + width
  for (const [dx, dy] of repeatsIn(level, radius, random, tick)) {
    // What is repeated repeats the other way, too. A peak is some px wide.
    for (let j = -1; j <= 1; j++)
      for (let i = -1; i <= 1; i++) {
        const weight = (i === 0 ? 2 : 1) * (j === 0 ? 2 : 1)
        const offset = (dy + j) * stride + dx + i
        if (Math.abs(dx + i) > width || Math.abs(dy + j) > height) continue
        counts[centre + offset] += weight
        counts[centre - offset] += weight
      }
  }
  const filled: number[] = []
  for (let at = 0; at < counts.length; at++) if (counts[at] > 4) filled.push(at)
  const taken = new Uint8Array(counts.length)
  const peaks: [number, number][] = []
  for (const at of filled.toSorted((a, b) => counts[b] - counts[a] || a - b)) {
    if (taken[at]) continue
    const [x, y] = [at % stride, Math.floor(at / stride)]
    peaks.push([x - width, y - height])
    if (peaks.length === MAX_OFFSETS) break
    for (let j = Math.max(0, y - PEAK_REACH); j <= Math.min(2 * height, y + PEAK_REACH); j++)
      taken.fill(
        1,
        j * stride + Math.max(0, x - PEAK_REACH),
        j * stride + Math.min(stride, x + PEAK_REACH + 1),
      )
  }
  return peaks
}

/** By patch looked at: the offset of the most similar one that lies far enough, by a search on a grid of patches. */
function repeatsIn(
  level: Level,
  radius: number,
  random: Random,
  tick: () => void,
): (readonly [number, number])[] {
  const { width, height, color } = level
  const valid = sourcePatches(level, radius)
  let step = 1
  while (color.length > MAX_LOOKED_AT * step * step) step++
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)]
  const apart = Math.max(2 * radius, Math.ceil(Math.max(width, height) / MIN_SHARE))
  const best = new Int32Array(columns * rows)
  const cost = new Int32Array(columns * rows).fill(-1)
  const places: number[] = []
  for (let n = 0; n < best.length; n++) {
    const x = (n % columns) * step
    const y = Math.floor(n / columns) * step
    if (valid[y * width + x]) places.push(n)
  }
  const offer = (n: number, dx: number, dy: number) => {
    const [x, y] = [(n % columns) * step, Math.floor(n / columns) * step]
    const [sx, sy] = [x + dx, y + dy]
    if (sx < 0 || sy < 0 || sx >= width || sy >= height || !valid[sy * width + sx]) return
    if (dx * dx + dy * dy < apart * apart) return
    const limit = cost[n] < 0 ? 0x7fffffff : cost[n]
    const so = unlikeness(level, radius, y * width + x, sy * width + sx, limit)
    if (so >= limit) return
    cost[n] = so
    best[n] = sy * width + sx
  }
  const offsetOf = (n: number) => {
    const [x, y] = [(n % columns) * step, Math.floor(n / columns) * step]
    return [(best[n] % width) - x, Math.floor(best[n] / width) - y] as const
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sign = round % 2 === 0 ? 1 : -1
    for (let k = 0; k < places.length; k++) {
      if (k % TICK_PLACES === 0) tick()
      const n = places[sign > 0 ? k : places.length - 1 - k]
      for (const beside of [n - sign, n - sign * columns]) {
        if (beside < 0 || beside >= cost.length || cost[beside] < 0) continue
        offer(n, ...offsetOf(beside))
      }
      for (let tries = 0; tries < 2; tries++) offer(n, random.around(width - 1), random.around(height - 1))
      for (let reach = Math.max(width, height) >> 2; reach >= 1 && cost[n] >= 0; reach >>= 1) {
        const [dx, dy] = offsetOf(n)
        offer(n, dx + random.around(reach), dy + random.around(reach))
      }
    }
  }
  return places.filter((n) => cost[n] >= 0).map(offsetOf)
}

function unlikeness({ color, width }: Level, radius: number, a: number, b: number, limit: number): number {
  let sum = 0
  for (let dy = -radius; dy <= radius && sum < limit; dy++) {
    for (
      let p = a + dy * width - radius, q = b + dy * width - radius, k = 0;
      k <= 2 * radius;
      k++, p++, q++
    ) {
      const [c, d] = [color[p], color[q]]
      for (let shift = 0; shift < 32; shift += 8) {
        const off = ((c >>> shift) & 255) - ((d >>> shift) & 255)
        sum += off * off
      }
    }
  }
  return sum
}
