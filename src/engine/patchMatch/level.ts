/** One size of the picture during a fill. A pixel is a hole (to be filled), known, or neither. */
export interface Level {
  readonly width: number
  readonly height: number
  /** How many rows from the top are the picture's own; below are adapted copies of it. Left out, all are. */
  readonly rows?: number
  /** Red, green, blue and texture, one byte each, red lowest. A core may move them into memory of its own. */
  color: Int32Array<ArrayBuffer>
  readonly hole: Uint8Array
  readonly known: Uint8Array
  /** What may be copied: known pixels of the sampling area. The same array as `known` where there is none. */
  readonly source: Uint8Array
}

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
  const own = level.rows ?? level.height
  const rows = (own + 1) >> 1
  const color = new Int32Array(width * height)
  const hole = new Uint8Array(width * height)
  const known = new Uint8Array(width * height)
  const isSampled = level.source !== level.known
  const source = isSampled ? new Uint8Array(width * height) : known
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
    const bottom = y < rows ? own : level.height
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      let holes = 0
      let knowns = 0
      let sources = 0
      let children = 0
      for (let dy = 0; dy < 2; dy++) {
        for (let dx = 0; dx < 2; dx++) {
          const px = 2 * x + dx
          const py = 2 * y + dy
          if (px >= level.width || py >= bottom) continue
          const p = py * level.width + px
          children++
          holes += level.hole[p]
          knowns += level.known[p]
          sources += level.source[p]
        }
      }
      if (holes === children) hole[i] = 1
      else if (knowns > 0) {
        known[i] = 1
        if (isSampled && 2 * sources >= knowns) source[i] = 1
        color[i] = smoothed(level, x, y)
      }
    }
  }
  return { width, height, ...(level.rows !== undefined && { rows }), color, hole, known, source }
}

/** The picture's own part of a level, which shares its pixels. */
export function ownPart(level: Level): Level {
  const { width, rows, color, hole, known, source } = level
  if (rows === undefined) return level
  const part = { known: known.subarray(0, rows * width), hole: hole.subarray(0, rows * width) }
  return {
    ...part,
    width,
    height: rows,
    color: color.subarray(0, rows * width),
    source: source === known ? part.known : source.subarray(0, rows * width),
  }
}

/** The weighted mean of the known pixels among the 4 x 4 around the four children. */
function smoothed({ width, height, known, color }: Level, x: number, y: number): number {
  let red = 0
  let green = 0
  let blue = 0
  let sum = 0
  const top = Math.max(0, 2 * y - 1)
  const bottom = Math.min(height - 1, 2 * y + 2)
  const left = Math.max(0, 2 * x - 1)
  const right = Math.min(width - 1, 2 * x + 2)
  for (let py = top; py <= bottom; py++) {
    const across = TAPS[py - 2 * y + 1]
    for (let px = left, p = py * width + left; px <= right; px++, p++) {
      if (known[p] === 0) continue
      const weight = TAPS[px - 2 * x + 1] * across
      const c = color[p]
      red += weight * (c & 255)
      green += weight * ((c >>> 8) & 255)
      blue += weight * ((c >>> 16) & 255)
      sum += weight
    }
  }
  return (
    Math.floor(red / sum + 0.5) | (Math.floor(green / sum + 0.5) << 8) | (Math.floor(blue / sum + 0.5) << 16)
  )
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
  const light = (p: number) => {
    const c = color[p]
    return (c & 255) + 2 * ((c >>> 8) & 255) + ((c >>> 16) & 255)
  }
  let made = 0
  for (let y = 0; y < height; y++) {
    const last = Math.min(height, y + TEXTURE_REACH + 1)
    for (; made < last; made++) {
      const above = (made % rows) * stride
      const below = ((made + 1) % rows) * stride
      let rowSum = 0
      let rowCount = 0
      sums[below] = counts[below] = 0
      for (let x = 0; x < width; x++) {
        const p = made * width + x
        if (known[p] && x + 1 < width && made + 1 < height && known[p + 1] && known[p + width]) {
          const here = light(p)
          rowSum += Math.abs(light(p + 1) - here) + Math.abs(light(p + width) - here)
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

/** Rows around a hole that its patches reach, and one more. */
const ROWS_AROUND = 9

/** The rows of a level that a hole's patches touch: what is kept by pixel for these alone is as large as the hole needs. */
export interface HoleRows {
  /** Of their first pixel, to be taken off a pixel's index. */
  readonly first: number
  /** How many pixels they are. */
  readonly count: number
}

export function holeRows({ width, height, hole }: Level): HoleRows {
  const from = hole.indexOf(1)
  if (from < 0) return { first: 0, count: 0 }
  const top = Math.max(0, Math.floor(from / width) - ROWS_AROUND)
  const bottom = Math.min(height, Math.floor(hole.lastIndexOf(1) / width) + ROWS_AROUND + 1)
  return { first: top * width, count: (bottom - top) * width }
}

/**
 * The distance of each pixel of `inside` from the outside, px: 3-4 chamfer distance over 3, rounded up; 0 outside. The
 * picture's border does not count as outside.
 */
export function distanceInside(inside: Uint8Array, width: number, height: number): Uint16Array {
  // In thirds: what is deeper counts as this deep.
  const far = 65_000
  const d = new Uint16Array(width * height)
  for (let i = 0; i < d.length; i++) d[i] = inside[i] ? far : 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x
      let so = d[p]
      if (so === 0) continue
      if (x > 0) so = Math.min(so, d[p - 1] + 3)
      if (y > 0) {
        so = Math.min(so, d[p - width] + 3)
        if (x > 0) so = Math.min(so, d[p - width - 1] + 4)
        if (x + 1 < width) so = Math.min(so, d[p - width + 1] + 4)
      }
      d[p] = so
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const p = y * width + x
      let so = d[p]
      if (so === 0) continue
      if (x + 1 < width) so = Math.min(so, d[p + 1] + 3)
      if (y + 1 < height) {
        so = Math.min(so, d[p + width] + 3)
        if (x > 0) so = Math.min(so, d[p + width - 1] + 4)
        if (x + 1 < width) so = Math.min(so, d[p + width + 1] + 4)
      }
      d[p] = so
    }
  }
  for (let i = 0; i < d.length; i++) if (d[i] > 0) d[i] = Math.ceil(d[i] / 3)
  return d
}

/**
 * Marks the centres of patches of (2 radius + 1) squared px that lie inside the picture and have `flags` set throughout.
 */
export function wholePatches(
  flags: Uint8Array,
  width: number,
  height: number,
  radius: number,
): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(width * height)
  const out = new Uint8Array(width * height)
  const side = 2 * radius + 1
  for (let y = 0; y < height; y++) {
    let run = 0
    for (let x = 0, p = y * width; x < width; x++, p++) {
      run = flags[p] ? run + 1 : 0
      if (run >= side) rows[p - radius] = 1
    }
  }
  const runs = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    for (let x = 0, p = y * width; x < width; x++, p++) {
      const run = rows[p] ? runs[x] + 1 : 0
      runs[x] = run
      if (run >= side) out[p - radius * width] = 1
    }
  }
  return out
}

const patches = new WeakMap<Level, Map<number, Uint8Array<ArrayBuffer>>>()

/** Marks the centres of patches that may be copied whole; computed once a level. */
export function sourcePatches(level: Level, radius: number): Uint8Array<ArrayBuffer> {
  const computed = patches.get(level) ?? new Map<number, Uint8Array<ArrayBuffer>>()
  patches.set(level, computed)
  const found = computed.get(radius) ?? wholePatches(level.source, level.width, level.height, radius)
  computed.set(radius, found)
  return found
}

const depths = new WeakMap<Level, Uint16Array>()

/** Frees the depths of a level when they have been used. */
export function dropDepths(level: Level): void {
  depths.delete(level)
}

/** The depth of each hole pixel, in `holeRows`; computed once a level. @see distanceInside */
export function holeDepths(level: Level): Uint16Array {
  const { first, count } = holeRows(level)
  const inside = level.hole.subarray(first, first + count)
  const found = depths.get(level) ?? distanceInside(inside, level.width, count / level.width)
  depths.set(level, found)
  return found
}

/** @returns the indices of the set flags, in raster order */
export function indicesOf(flags: Uint8Array): Int32Array<ArrayBuffer> {
  let count = 0
  for (let i = 0; i < flags.length; i++) count += flags[i]
  const out = new Int32Array(count)
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i]) out[k++] = i
  return out
}
