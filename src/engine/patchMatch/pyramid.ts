import type { Level } from './level'

/** Rows between two ticks: a few ms. */
const TICK_ROWS = 64
/** Binomial [1 3 3 1] in both directions over the known pixels only. */
const TAPS = [1, 3, 3, 1] as const

/**
 * Halves a level. A pixel is a hole where its four children are, known where any child is, and may be copied where half
 * of its known children may.
 * @param tick called now and then
 */
export function halveLevel(level: Level, tick: () => void = () => {}): Level {
  const width = (level.width + 1) >> 1
  const height = (level.height + 1) >> 1
  const color = new Int32Array(width * height)
  const hole = new Uint8Array(width * height)
  const known = new Uint8Array(width * height)
  const own = level.rows ?? level.height
  const rows = (own + 1) >> 1
  const isSampled = level.source !== level.known
  const source = isSampled ? new Uint8Array(width * height) : known
  const columns = new ColumnSums(level)
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
    columns.moveTo(y)
    const isLastRow = 2 * y + 1 === (y < rows ? own : level.height)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const p = 2 * y * level.width + 2 * x
      const isLast = 2 * x + 1 === level.width
      const count = (flags: Uint8Array) =>
        flags[p] +
        (isLast ? 0 : flags[p + 1]) +
        (isLastRow ? 0 : flags[p + level.width] + (isLast ? 0 : flags[p + level.width + 1]))
      const knowns = count(level.known)
      if (knowns > 0) {
        known[i] = 1
        if (isSampled && 2 * count(level.source) >= knowns) source[i] = 1
        color[i] = columns.mean(x)
      } else if (count(level.hole) === (isLast ? 1 : 2) * (isLastRow ? 1 : 2)) hole[i] = 1
    }
  }
  return { width, height, ...(level.rows !== undefined && { rows }), color, hole, known, source }
}

/** Weighted sums of the known pixels of the 4 rows around two, by column. */
class ColumnSums {
  private readonly level: Level
  /** Red, green, blue and the weights. */
  private readonly sums: Int32Array

  constructor(level: Level) {
    this.level = level
    this.sums = new Int32Array(level.width * 4)
  }

  /** @param y the row of the half-size level */
  moveTo(y: number): void {
    const { sums } = this
    const { width, height, known, color } = this.level
    sums.fill(0)
    for (let row = Math.max(0, 2 * y - 1); row <= Math.min(height - 1, 2 * y + 2); row++) {
      const weight = TAPS[row - 2 * y + 1]
      for (let x = 0, p = row * width; x < width; x++, p++) {
        if (known[p] === 0) continue
        const c = color[p]
        const i = x * 4
        sums[i] += weight * (c & 255)
        sums[i + 1] += weight * ((c >>> 8) & 255)
        sums[i + 2] += weight * ((c >>> 16) & 255)
        sums[i + 3] += weight
      }
    }
  }

  /** @param x in the half-size level @returns the mean around its four children, red lowest */
  mean(x: number): number {
    const { sums } = this
    let red = 0
    let green = 0
    let blue = 0
    let sum = 0
    for (let px = Math.max(0, 2 * x - 1); px <= Math.min(this.level.width - 1, 2 * x + 2); px++) {
      const weight = TAPS[px - 2 * x + 1]
      red += weight * sums[px * 4]
      green += weight * sums[px * 4 + 1]
      blue += weight * sums[px * 4 + 2]
      sum += weight * sums[px * 4 + 3]
    }
    return (
      Math.floor(red / sum + 0.5) |
      (Math.floor(green / sum + 0.5) << 8) |
      (Math.floor(blue / sum + 0.5) << 16)
    )
  }
}

/** Radius of the mean that makes the texture channel of gradients, px. */
const TEXTURE_REACH = 4

/**
 * Writes the texture channel: the mean gradient of brightness around each known pixel, times `gain`. It makes patches of
 * similar roughness match, so that texture is not averaged away.
 * @param tick called now and then
 */
export function writeTexture(level: Level, gain: number, tick: () => void = () => {}): void {
  const { width, height, color, known } = level
  const stride = width + 1
  // Row y holds the sums above it, in eighths, and how many they are; only the rows of one window are kept.
  const rows = 2 * TEXTURE_REACH + 2
  const sums = new Int32Array(stride * rows)
  const counts = new Int32Array(stride * rows)
  let made = 0
  let [here, next] = [new Int32Array(width), new Int32Array(width)]
  lightOf(color, 0, next)
  for (let y = 0; y < height; y++) {
    const last = Math.min(height, y + TEXTURE_REACH + 1)
    for (; made < last; made++) {
      ;[here, next] = [next, here]
      const isLastRow = made + 1 === height
      if (!isLastRow) lightOf(color, (made + 1) * width, next)
      const above = (made % rows) * stride
      const below = ((made + 1) % rows) * stride
      let rowSum = 0
      let rowCount = 0
      sums[below] = counts[below] = 0
      for (let x = 0, p = made * width; x < width; x++, p++) {
        if (!isLastRow && x + 1 < width && known[p] && known[p + 1] && known[p + width]) {
          rowSum += Math.abs(here[x + 1] - here[x]) + Math.abs(next[x] - here[x])
          rowCount++
        }
        // Sums may wrap around: their differences are right.
        sums[below + x + 1] = sums[above + x + 1] + rowSum
        counts[below + x + 1] = counts[above + x + 1] + rowCount
      }
    }
    const top = (Math.max(0, y - TEXTURE_REACH) % rows) * stride
    const bottom = (last % rows) * stride
    for (let x = 0; x < width; x++) {
      const p = y * width + x
      if (!known[p]) continue
      const left = Math.max(0, x - TEXTURE_REACH)
      const right = Math.min(width, x + TEXTURE_REACH + 1)
      const sum = (sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left]) | 0
      const count = counts[bottom + right] - counts[top + right] - counts[bottom + left] + counts[top + left]
      const texture = count > 0 ? Math.min(255, Math.floor((gain * sum) / (8 * count) + 0.5)) : 0
      color[p] = (color[p] & 0xffffff) | (texture << 24)
    }
    if (y % TICK_ROWS === TICK_ROWS - 1) tick()
  }
}

/** Four times the brightness of a row's pixels. @param from the first */
function lightOf(color: Int32Array, from: number, out: Int32Array): void {
  for (let x = 0; x < out.length; x++) {
    const c = color[from + x]
    out[x] = (c & 255) + 2 * ((c >>> 8) & 255) + ((c >>> 16) & 255)
  }
}
