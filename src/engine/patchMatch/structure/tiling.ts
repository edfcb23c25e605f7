import { Random } from '../../random'
import { indicesOf, type Level } from '../level'
import { square } from './leastSquares'

/** A level of at most as many px tells whether the picture repeats itself, by as many of its pixels. */
const MAX_PIXELS = 40_000
const SAMPLES = 300
/** Pixels that are one period apart differ by at most this share of what any two differ by (mean square), */
const MAX_UNLIKE = 0.1
/** those that are this far apart by more, px: smooth ground and stripes are like themselves at any distance. */
const [NEAR, FAR] = [4, 6] as const
/** Share of the pixels that have to be known one period on. */
const MIN_SEEN = 0.25
/** Two periods cross at a larger angle than this (sine). */
const MIN_CROSSING = 0.3

/**
 * Tells whether the known part is one pattern that repeats itself both ways, as tiles do. There lines cross, and end
 * everywhere: which of them belong together the pattern knows.
 * @param levels finest first
 */
export function isTiled(levels: readonly Level[], tick: () => void): boolean {
  const level = levels.find(({ color }) => color.length <= MAX_PIXELS)
  if (!level) return false
  const { width, rows: height = level.height } = level
  const isAlike = likenessIn(level)
  for (let dy = -FAR; dy <= FAR; dy++)
    for (let dx = 0; dx <= FAR; dx++) {
      const far = dx * dx + dy * dy
      if (far >= NEAR * NEAR && far < FAR * FAR && isAlike(dx, dy)) return false
    }
  let first: readonly [number, number] | null = null
  for (let dx = 0; dx <= width >> 1; dx++) {
    tick()
    for (let dy = -(height >> 1); dy <= height >> 1; dy++) {
      if (dx * dx + dy * dy < FAR * FAR || !isAlike(dx, dy)) continue
      if (!first) first = [dx, dy]
      else {
        const [x, y] = first
        const crossing = square(x * dy - y * dx) / (square(x) + square(y)) / (square(dx) + square(dy))
        if (crossing > square(MIN_CROSSING)) return true
      }
    }
  }
  return false
}

/** @returns by offset: whether pixels that far apart are alike; not where too few are known */
function likenessIn(level: Level): (dx: number, dy: number) => boolean {
  const { width, rows: height = level.height, known, color } = level
  const all = indicesOf(known.subarray(0, width * height))
  const light = Int16Array.from(color.subarray(0, width * height), (c, p) =>
    known[p] ? (c & 255) + 2 * ((c >>> 8) & 255) + ((c >>> 16) & 255) : -1,
  )
  const count = Math.min(SAMPLES, all.length)
  const random = new Random(1)
  const samples = Int32Array.from({ length: count }, () => all[random.below(all.length)])
  const mean = samples.reduce((sum, p) => sum + light[p], 0) / count
  const spread = samples.reduce((sum, p) => sum + (light[p] - mean) ** 2, 0) / count
  const limit = MAX_UNLIKE * 2 * spread
  return (dx, dy) => {
    let [sum, seen] = [0, 0]
    for (let k = 0; k < count && sum <= limit * count; k++) {
      const p = samples[k]
      const x = (p % width) + dx
      const y = Math.floor(p / width) + dy
      if (x < 0 || y < 0 || x >= width || y >= height) continue
      const other = light[y * width + x]
      if (other < 0) continue
      sum += (light[p] - other) ** 2
      seen++
    }
    return seen >= MIN_SEEN * count && sum <= limit * seen
  }
}
