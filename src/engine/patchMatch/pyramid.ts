import { type Level, TICK_ROWS } from './level'

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
    const down = 2 * y + 1 === (y < rows ? own : level.height) ? 0 : level.width
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const p = 2 * y * level.width + 2 * x
      const right = 2 * x + 1 === level.width ? 0 : 1
      const knowns = countChildren(level.known, p, right, down)
      if (knowns > 0) {
        known[i] = 1
        if (isSampled && 2 * countChildren(level.source, p, right, down) >= knowns) source[i] = 1
        color[i] = columns.mean(x)
      } else if (countChildren(level.hole, p, right, down) === (right + 1) * (down > 0 ? 2 : 1)) hole[i] = 1
    }
  }
  return { width, height, ...(level.rows !== undefined && { rows }), color, hole, known, source }
}

/** @param right, down the steps to the other children; 0 where the level ends */
function countChildren(flags: Uint8Array, p: number, right: number, down: number): number {
  let count = flags[p]
  if (right > 0) count += flags[p + 1]
  if (down > 0) {
    count += flags[p + down]
    if (right > 0) count += flags[p + down + 1]
  }
  return count
}

/** Weighted sums of the known pixels of the 4 rows around two, by column. */
class ColumnSums {
  private readonly level: Level
  /** Red in the lower half, blue in the upper: no sum needs more than 15 bits. */
  private readonly redBlue: Int32Array
  /** Green, and the weights in the upper half. */
  private readonly greenWeight: Int32Array

  constructor(level: Level) {
    this.level = level
    this.redBlue = new Int32Array(level.width)
    this.greenWeight = new Int32Array(level.width)
  }

  /** @param y the row of the half-size level */
  moveTo(y: number): void {
    const { redBlue, greenWeight } = this
    const { width, height, known, color } = this.level
    redBlue.fill(0)
    greenWeight.fill(0)
    for (let row = Math.max(0, 2 * y - 1); row <= Math.min(height - 1, 2 * y + 2); row++) {
      const weight = TAPS[row - 2 * y + 1]
      for (let x = 0, p = row * width; x < width; x++, p++) {
        if (known[p] === 0) continue
        const c = color[p]
        redBlue[x] += weight * (c & 0xff00ff)
        greenWeight[x] += weight * (((c >>> 8) & 255) | 0x10000)
      }
    }
  }

  /** @param x in the half-size level @returns the mean around its four children, red lowest */
  mean(x: number): number {
    const { redBlue, greenWeight } = this
    let both = 0
    let green = 0
    for (let px = Math.max(0, 2 * x - 1); px <= Math.min(redBlue.length - 1, 2 * x + 2); px++) {
      const weight = TAPS[px - 2 * x + 1]
      both += weight * redBlue[px]
      green += weight * greenWeight[px]
    }
    const sum = green >>> 16
    // All are known: the same without a division.
    if (sum === 64)
      return (
        (((both & 0xffff) + 32) >> 6) |
        ((((green & 0xffff) + 32) >> 6) << 8) |
        ((((both >>> 16) + 32) >> 6) << 16)
      )
    return (
      Math.floor((both & 0xffff) / sum + 0.5) |
      (Math.floor((green & 0xffff) / sum + 0.5) << 8) |
      (Math.floor((both >>> 16) / sum + 0.5) << 16)
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
  const window = new GradientWindow(level)
  for (let y = 0; y < height; y++) {
    window.moveTo(y)
    const { sums, counts } = window
    let sum = 0
    let count = 0
    for (let x = 0; x < Math.min(width, TEXTURE_REACH); x++) {
      sum += sums[x]
      count += counts[x]
    }
    for (let x = 0, p = y * width; x < width; x++, p++) {
      if (x + TEXTURE_REACH < width) {
        sum += sums[x + TEXTURE_REACH]
        count += counts[x + TEXTURE_REACH]
      }
      if (x > TEXTURE_REACH) {
        sum -= sums[x - TEXTURE_REACH - 1]
        count -= counts[x - TEXTURE_REACH - 1]
      }
      if (known[p] === 0) continue
      const texture = count > 0 ? Math.min(255, Math.floor((gain * sum) / (8 * count) + 0.5)) : 0
      color[p] = (color[p] & 0xffffff) | (texture << 24)
    }
    if (y % TICK_ROWS === TICK_ROWS - 1) tick()
  }
}

/** By column the gradients in the rows around one, in eighths of a level, and how many there are. */
class GradientWindow {
  readonly sums: Int32Array
  readonly counts: Int32Array
  private readonly level: Level
  /** Of the rows in the window, -1 where there is none. */
  private readonly gradients: Int16Array
  /** Four times the brightness of the row that enters next. */
  private light: Int32Array
  private below: Int32Array
  private entered = 0

  constructor(level: Level) {
    const { width, color } = level
    this.level = level
    this.sums = new Int32Array(width)
    this.counts = new Int32Array(width)
    this.gradients = new Int16Array(width * (2 * TEXTURE_REACH + 1))
    this.light = new Int32Array(width)
    this.below = new Int32Array(width)
    lightOf(color, 0, this.below)
  }

  /** @param y of the middle row, one after the other */
  moveTo(y: number): void {
    if (y > TEXTURE_REACH) this.leave(y - TEXTURE_REACH - 1)
    const end = Math.min(this.level.height - 1, y + TEXTURE_REACH + 1)
    while (this.entered < end) this.enter(this.entered++)
  }

  private leave(row: number): void {
    const { sums, counts, gradients } = this
    const { width, height } = this.level
    if (row + 1 === height) return
    const from = (row % (2 * TEXTURE_REACH + 1)) * width
    for (let x = 0; x + 1 < width; x++) {
      const gradient = gradients[from + x]
      if (gradient < 0) continue
      sums[x] -= gradient
      counts[x]--
    }
  }

  private enter(row: number): void {
    const { sums, counts, gradients } = this
    const { width, color, known } = this.level
    ;[this.light, this.below] = [this.below, this.light]
    const { light, below } = this
    lightOf(color, (row + 1) * width, below)
    const from = (row % (2 * TEXTURE_REACH + 1)) * width
    for (let x = 0, p = row * width; x + 1 < width; x++, p++) {
      if (known[p] === 0 || known[p + 1] === 0 || known[p + width] === 0) {
        gradients[from + x] = -1
        continue
      }
      const gradient = Math.abs(light[x + 1] - light[x]) + Math.abs(below[x] - light[x])
      gradients[from + x] = gradient
      sums[x] += gradient
      counts[x]++
    }
  }
}

/** Four times the brightness of a row's pixels. @param from the first */
function lightOf(color: Int32Array, from: number, out: Int32Array): void {
  for (let x = 0; x < out.length; x++) {
    const c = color[from + x]
    out[x] = (c & 255) + 2 * ((c >>> 8) & 255) + ((c >>> 16) & 255)
  }
}
