import { continueSmoothly } from '../../core/image/membrane'
import { indicesOf, type Level, TICK_ROWS } from './level'
import type { Light } from './light'

/** Light is followed in this many squares along the hole's shorter side; */
const SQUARES = 6
/** they are at least this large, px. */
const MIN_SIDE = 8
/** Shares of a square and those beside it in its own light. */
const TAPS = [1, 2, 1] as const

/**
 * The slow change of light all over the picture, followed closely: a picture of it in squares, continued smoothly
 * through the hole. Lamps, shadows and folds are changes of light as well as edges between things: those are taken off, too.
 * @see Darabi et al., "Image Melding", 2012
 */
export function localLight(level: Level, tick: () => void = () => {}): Light {
  const { width, height, known, color } = level
  const side = squareSide(level)
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)]
  const sums = new Float64Array(columns * rows * 4)
  for (let y = 0, p = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
    for (let x = 0; x < width; x++, p++) {
      if (!known[p]) continue
      const k = (Math.floor(y / side) * columns + Math.floor(x / side)) * 4
      for (let c = 0; c < 3; c++) sums[k + c] += (color[p] >>> (8 * c)) & 255
      sums[k + 3]++
    }
  }
  const means = continued(smoothed(sums, columns, rows), columns, rows, (side * side) / 4)
  const middle = [0, 1, 2].map((c) => meanOf(means, c))
  return {
    changeAt(x, y, into) {
      const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / side - 0.5))
      const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / side - 0.5))
      const [i, j] = [Math.floor(u), Math.floor(v)]
      const a = (j * columns + i) * 3
      const right = i + 1 < columns ? 3 : 0
      const below = j + 1 < rows ? columns * 3 : 0
      const [s, t] = [u - i, v - j]
      for (let c = 0; c < 3; c++) {
        const upper = means[a + c] * (1 - s) + means[a + right + c] * s
        const lower = means[a + below + c] * (1 - s) + means[a + below + right + c] * s
        into[c] = upper * (1 - t) + lower * t - middle[c]
      }
    },
  }
}

function squareSide({ width, hole }: Level): number {
  let [left, right] = [width, 0]
  for (const p of indicesOf(hole)) {
    left = Math.min(left, p % width)
    right = Math.max(right, p % width)
  }
  const rows = Math.floor(hole.lastIndexOf(1) / width) - Math.floor(hole.indexOf(1) / width) + 1
  return Math.max(MIN_SIDE, Math.round(Math.min(right - left + 1, rows) / SQUARES))
}

/** Sums of values and weights, each with a share of those beside it. */
function smoothed(sums: Float64Array, columns: number, rows: number): Float64Array {
  const out = new Float64Array(sums.length)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      for (let dj = -1; dj <= 1; dj++) {
        for (let di = -1; di <= 1; di++) {
          if (i + di < 0 || j + dj < 0 || i + di >= columns || j + dj >= rows) continue
          const weight = TAPS[di + 1] * TAPS[dj + 1]
          const from = ((j + dj) * columns + i + di) * 4
          for (let c = 0; c < 4; c++) out[(j * columns + i) * 4 + c] += weight * sums[from + c]
        }
      }
    }
  }
  return out
}

/** The means of squares, three values each; those with fewer known pixels are continued from the others. */
function continued(sums: Float64Array, columns: number, rows: number, minCount: number): Float64Array {
  const means = new Float64Array(columns * rows * 3)
  const isKnown = new Uint8Array(columns * rows)
  for (let k = 0; k < isKnown.length; k++) {
    // The weights of a square and its neighbours are 16 in all.
    isKnown[k] = sums[k * 4 + 3] >= 4 * minCount ? 1 : 0
    if (isKnown[k]) for (let c = 0; c < 3; c++) means[k * 3 + c] = sums[k * 4 + c] / sums[k * 4 + 3]
  }
  const pixels = indicesOf(isKnown)
  if (pixels.length === 0) return means
  const values = Float32Array.from([...pixels].flatMap((k) => [0, 1, 2].map((c) => means[k * 3 + c])))
  const wanted = indicesOf(isKnown.map((flag) => 1 - flag))
  const found = continueSmoothly({ width: columns, height: rows, channels: 3, pixels, values }, wanted)
  wanted.forEach((k, n) => {
    for (let c = 0; c < 3; c++) means[k * 3 + c] = found[n * 3 + c]
  })
  return means
}

function meanOf(means: Float64Array, channel: number): number {
  let sum = 0
  for (let k = channel; k < means.length; k += 3) sum += means[k]
  return sum / (means.length / 3)
}
