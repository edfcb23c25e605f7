import { EMPTY_RECT, type Rect } from '../../core/geometry'

/** One size of the picture during a fill. A pixel is a hole (to be filled), known, or neither. */
export interface Level {
  readonly width: number
  readonly height: number
  /** How many rows from the top are the picture's own; below are adapted copies of it. Left out, all are. */
  readonly rows?: number
  /** Red, green, blue and texture, one byte each, red lowest. A core may move them into memory of its own. */
  color: Int32Array<ArrayBuffer>
  readonly hole: Uint8Array<ArrayBuffer>
  readonly known: Uint8Array<ArrayBuffer>
  /** What may be copied: known pixels of the sampling area. The same array as `known` where there is none. */
  readonly source: Uint8Array<ArrayBuffer>
  /** How unlike what touches the hole a pixel is, 0..254. Left out, all are like it. @see keepForeignOut */
  foreign?: Uint8Array<ArrayBuffer>
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

/** Rows between two ticks: a few ms. */
export const TICK_ROWS = 32
/** Pixels around a hole that its patches reach, and one more. */
const AROUND = 9

/** What a hole's patches touch, px of the level: what is kept by pixel for this alone is as large as the hole needs. */
export function holeBox(level: Level): Rect {
  const { width, hole, rows: height = level.height } = level
  const from = hole.indexOf(1)
  if (from < 0) return EMPTY_RECT
  const [first, last] = [Math.floor(from / width), Math.floor(hole.lastIndexOf(1) / width)]
  let [left, right] = [width, -1]
  for (let y = first; y <= last; y++) {
    const row = hole.subarray(y * width, (y + 1) * width)
    const x = row.indexOf(1)
    if (x < 0) continue
    left = Math.min(left, x)
    right = Math.max(right, row.lastIndexOf(1))
  }
  const [x, y] = [Math.max(0, left - AROUND), Math.max(0, first - AROUND)]
  return {
    x,
    y,
    width: Math.min(width, right + AROUND + 1) - x,
    height: Math.min(height, last + AROUND + 1) - y,
  }
}

/** @param width of the level, px @returns the index in a box of pixel p of the level, which lies in it */
export function boxIndex(box: Rect, width: number, p: number): number {
  const y = (p / width) | 0
  return (y - box.y) * box.width + p - y * width - box.x
}

/** @param width of the level, px @returns the index in the level of pixel q of a box */
export function levelIndex(box: Rect, width: number, q: number): number {
  const y = (q / box.width) | 0
  return (y + box.y) * width + q - y * box.width + box.x
}

/** @param width of the level that the flags are of, px @returns those in a box */
export function flagsIn(flags: Uint8Array, width: number, box: Rect): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(box.width * box.height)
  for (let y = 0; y < box.height; y++) {
    const from = (y + box.y) * width + box.x
    out.set(flags.subarray(from, from + box.width), y * box.width)
  }
  return out
}

/**
 * The distance of each pixel of `inside` from the outside, px: 3-4 chamfer distance over 3, rounded up; 0 outside. The
 * picture's border does not count as outside.
 */
export function distanceInside(
  inside: Uint8Array,
  width: number,
  height: number,
  tick: () => void = () => {},
): Uint16Array {
  // In thirds: what is deeper counts as this deep.
  const far = 65_000
  const d = new Uint16Array(width * height)
  for (let i = 0; i < d.length; i++) d[i] = inside[i] ? far : 0
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
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
    if (y % TICK_ROWS === 0) tick()
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
 * @param tick called every few ms
 */
export function wholePatches(
  flags: Uint8Array,
  width: number,
  height: number,
  radius: number,
  tick: () => void = () => {},
): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(width * height)
  const out = new Uint8Array(width * height)
  const side = 2 * radius + 1
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
    let run = 0
    for (let x = 0, p = y * width; x < width; x++, p++) {
      run = flags[p] ? run + 1 : 0
      if (run >= side) rows[p - radius] = 1
    }
  }
  const runs = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    if (y % TICK_ROWS === 0) tick()
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
export function sourcePatches(level: Level, radius: number, tick?: () => void): Uint8Array<ArrayBuffer> {
  const computed = patches.get(level) ?? new Map<number, Uint8Array<ArrayBuffer>>()
  patches.set(level, computed)
  const found = computed.get(radius) ?? wholePatches(level.source, level.width, level.height, radius, tick)
  computed.set(radius, found)
  return found
}

/** Frees the patches of a level when they have been used. */
export function dropPatches(level: Level): void {
  patches.delete(level)
}

const depths = new WeakMap<Level, Uint16Array>()

/** Frees the depths of a level when they have been used. */
export function dropDepths(level: Level): void {
  depths.delete(level)
}

/** The depth of each hole pixel, in `holeBox`; computed once a level. @see distanceInside */
export function holeDepths(level: Level, tick?: () => void): Uint16Array {
  const box = holeBox(level)
  const found =
    depths.get(level) ?? distanceInside(flagsIn(level.hole, level.width, box), box.width, box.height, tick)
  depths.set(level, found)
  return found
}

/** @returns the indices of the set flags, in raster order */
export function indicesOf(flags: Uint8Array): Int32Array<ArrayBuffer> {
  let count = 0
  for (let i = 0; i < flags.length; i++) if (flags[i]) count++
  const out = new Int32Array(count)
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i]) out[k++] = i
  return out
}
