import { type Level, TICK_ROWS } from './level'

/**
 * Halves a level, by binomial [1 3 3 1] in both directions over the known pixels only. A pixel is a hole where its
 * four children are, known where any child is, and may be copied where half of its known children may.
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
  const sums = new ChildSums(level)
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
    sums.moveTo(y)
    const down = 2 * y + 1 === (y < rows ? own : level.height) ? 0 : level.width
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const p = 2 * y * level.width + 2 * x
      const right = 2 * x + 1 === level.width ? 0 : 1
      const knowns = countChildren(level.known, p, right, down)
      if (knowns > 0) {
        known[i] = 1
        if (isSampled && 2 * countChildren(level.source, p, right, down) >= knowns) source[i] = 1
      } else if (countChildren(level.hole, p, right, down) === (right + 1) * (down > 0 ? 2 : 1)) hole[i] = 1
    }
    sums.writeMeans(known, color, y * width)
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

/**
 * Weighted sums of the known pixels in the 4 x 4 around each two by two. Rows are summed across first, each once: two rows of
 * the half-size level share it.
 */
class ChildSums {
  private readonly level: Level
  /** By row of the level, the last 4: red in the lower half, blue in the upper; no sum needs more than 14 bits. */
  private readonly redBlue: readonly Int32Array[]
  /** Green, and the weights in the upper half. */
  private readonly greenWeight: readonly Int32Array[]
  private summed = 0
  private y = 0

  constructor(level: Level) {
    this.level = level
    const fourRows = () => Array.from({ length: 4 }, () => new Int32Array((level.width + 1) >> 1))
    this.redBlue = fourRows()
    this.greenWeight = fourRows()
  }

  /** @param y the row of the half-size level, one after the other */
  moveTo(y: number): void {
    this.y = y
    while (this.summed <= 2 * y + 2) this.sumRow(this.summed++)
  }

  private sumRow(row: number): void {
    const { width, height, known, color } = this.level
    const redBlue = this.redBlue[row & 3]
    const greenWeight = this.greenWeight[row & 3]
    if (row >= height) {
      redBlue.fill(0)
      greenWeight.fill(0)
      return
    }
    const end = (row + 1) * width
    let p = row * width
    // Of the 4 columns the first two are the last two of the pixel before.
    let [redBlue0, green0, redBlue1, green1] = [0, 0, 0, 0]
    if (known[p] !== 0) {
      redBlue1 = color[p] & 0xff00ff
      green1 = ((color[p] >>> 8) & 255) | 0x10000
    }
    for (let x = 0; x < redBlue.length; x++) {
      let redBlue2 = 0
      let green2 = 0
      if (++p < end && known[p] !== 0) {
        redBlue2 = color[p] & 0xff00ff
        green2 = ((color[p] >>> 8) & 255) | 0x10000
      }
      let redBlue3 = 0
      let green3 = 0
      if (++p < end && known[p] !== 0) {
        redBlue3 = color[p] & 0xff00ff
        green3 = ((color[p] >>> 8) & 255) | 0x10000
      }
      redBlue[x] = redBlue0 + 3 * (redBlue1 + redBlue2) + redBlue3
      greenWeight[x] = green0 + 3 * (green1 + green2) + green3
      redBlue0 = redBlue2
      green0 = green2
      redBlue1 = redBlue3
      green1 = green3
    }
  }

  /** The mean around the four children of each pixel that is known, red lowest. @param from of the row's first pixel */
  writeMeans(known: Uint8Array, color: Int32Array, from: number): void {
    const top = 2 * this.y + 3
    const rows = (of: readonly Int32Array[]) => [0, 1, 2, 3].map((k) => of[(top + k) & 3])
    const [redBlue0, redBlue1, redBlue2, redBlue3] = rows(this.redBlue)
    const [green0, green1, green2, green3] = rows(this.greenWeight)
    for (let x = 0; x < redBlue0.length; x++) {
      if (known[from + x] === 0) continue
      const both = redBlue0[x] + 3 * (redBlue1[x] + redBlue2[x]) + redBlue3[x]
      const green = green0[x] + 3 * (green1[x] + green2[x]) + green3[x]
      color[from + x] = meanOf(both, green)
    }
  }
}

/** @param both red and blue @param green and the weight, each in the upper half */
function meanOf(both: number, green: number): number {
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

/** Radius of the mean that makes the texture channel of gradients, px. */
const TEXTURE_REACH = 4
const TEXTURE_ROWS = 2 * TEXTURE_REACH + 1

/**
 * Writes the texture channel: the mean gradient of brightness around each known pixel, times `gain`. It makes patches of
 * similar roughness match, so that texture is not averaged away.
 * @param tick called now and then
 */
export function writeTexture(level: Level, gain: number, tick: () => void = () => {}): void {
  const { width, height, color, known } = level
  const window = new GradientWindow(level)
  const { columns } = window
  for (let y = 0; y < height; y++) {
    window.moveTo(y)
    let sum = 0
    let count = 0
    for (let x = 0; x < Math.min(width, TEXTURE_REACH); x++) {
      sum += columns[x] & 0xffff
      count += columns[x] >> 16
    }
    for (let x = 0, p = y * width; x < width; x++, p++) {
      if (x + TEXTURE_REACH < width) {
        sum += columns[x + TEXTURE_REACH] & 0xffff
        count += columns[x + TEXTURE_REACH] >> 16
      }
      if (x > TEXTURE_REACH) {
        sum -= columns[x - TEXTURE_REACH - 1] & 0xffff
        count -= columns[x - TEXTURE_REACH - 1] >> 16
      }
      if (known[p] === 0) continue
      const texture = count > 0 ? Math.min(255, Math.floor((gain * sum) / (8 * count) + 0.5)) : 0
      color[p] = (color[p] & 0xffffff) | (texture << 24)
    }
    if (y % TICK_ROWS === TICK_ROWS - 1) tick()
  }
}

/** The gradients in the rows around one, summed by column. */
class GradientWindow {
  /** By column: the sum in eighths of a level, at most 9 * 2040, and in the upper half of how many. */
  readonly columns: Int32Array
  private readonly level: Level
  /** Of the rows in the window, each with its count of 1; 0 where there is none. */
  private readonly gradients: readonly Int32Array[]
  /** Four times the brightness of the row that enters next. */
  private light: Int32Array
  private below: Int32Array
  private entered = 0

  constructor(level: Level) {
    const { width, color } = level
    this.level = level
    this.columns = new Int32Array(width)
    this.gradients = Array.from({ length: TEXTURE_ROWS }, () => new Int32Array(width))
    this.light = new Int32Array(width)
    this.below = new Int32Array(width)
    lightOf(color, 0, this.below)
  }

  /** @param y of the middle row, one after the other */
  moveTo(y: number): void {
    const end = Math.min(this.level.height - 1, y + TEXTURE_REACH + 1)
    while (this.entered < end) this.enter(this.entered++)
    // No row enters at the bottom.
    if (y + TEXTURE_REACH + 1 > end && y > TEXTURE_REACH) this.leave(y - TEXTURE_REACH - 1)
  }

  private leave(row: number): void {
    const { columns } = this
    const gradients = this.gradients[row % TEXTURE_ROWS]
    for (let x = 0; x < columns.length; x++) columns[x] -= gradients[x]
  }

  /** The row that it takes the place of leaves. */
  private enter(row: number): void {
    const { columns } = this
    const { width, color, known } = this.level
    const [light, below] = [this.below, this.light]
    this.light = light
    this.below = below
    lightOf(color, (row + 1) * width, below)
    const gradients = this.gradients[row % TEXTURE_ROWS]
    for (let x = 0, p = row * width; x + 1 < width; x++, p++) {
      const here = light[x]
      const isKnown = known[p] !== 0 && known[p + 1] !== 0 && known[p + width] !== 0
      const gradient = isKnown ? (Math.abs(light[x + 1] - here) + Math.abs(below[x] - here)) | 0x10000 : 0
      columns[x] += gradient - gradients[x]
      gradients[x] = gradient
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
