import { clamp } from '../geometry'
import type { RgbaImage } from './raster'

/** Colours are told apart by their upper bits: this many a channel. */
const CELL_BITS = 4
const CELLS = 1 << CELL_BITS
/** What is covered has this many pixels at least for each that touches it: scratches and letters leave no rests. */
const MIN_DEPTH = 4
/** A rest is at most this share of these pixels wide, between the two, px. */
const REACH_SHARE = 1 / 4
const [MIN_REACH, MAX_REACH] = [4, 24] as const
/** Further off a rest's colours are hardly found: in so many pixels for each of those near. */
const MAX_FAR = 0.1
/** Fewer pixels of a colour are chance. */
const MIN_NEAR = 12
/** Where more of what is near would be a rest, it is what is around. */
const MAX_SHARE = 0.25
/** Of a larger picture every so many pixels are counted that these are left. */
const MAX_COUNTED = 2 ** 21
/** Pixels between two ticks, less one. */
const TICK_MASK = 2 ** 16 - 1

/**
 * Finds the rests of what a mask covers that it leaves beside it, as a sleeve or a shadow: what touches it, has the
 * colours of what is covered, and those are found nowhere else around.
 * @param covered above 0 where the mask is, a value a pixel
 * @param tick called every few ms
 * @returns their indices
 */
export function restsBeside(
  { width, data }: RgbaImage,
  covered: Uint8Array,
  tick: () => void = () => {},
): number[] {
  const rings = ringsOut(covered, width, tick)
  if (rings.length === 0) return []
  tick()
  const [inside, outside, near] = [0, 1, 2].map(() => new Uint32Array(CELLS ** 3))
  const cellAt = (p: number) =>
    ((data[p * 4] >> CELL_BITS) << (2 * CELL_BITS)) |
    ((data[p * 4 + 1] >> CELL_BITS) << CELL_BITS) |
    (data[p * 4 + 2] >> CELL_BITS)
  const step = Math.ceil(covered.length / MAX_COUNTED)
  let known = 0
  for (let p = 0; p < covered.length; p += step) {
    if (((p / step) & TICK_MASK) === 0) tick()
    if (data[p * 4 + 3] === 0) continue
    if (covered[p]) inside[cellAt(p)]++
    else {
      outside[cellAt(p)]++
      known++
    }
  }
  let nearby = 0
  for (const ring of rings)
    for (const p of ring) {
      if (p % step !== 0 || data[p * 4 + 3] === 0) continue
      near[cellAt(p)]++
      nearby++
    }
  if (2 * nearby > known) return []
  const isOf = new Map<number, boolean>()
  const isAlike = (p: number) => {
    if (data[p * 4 + 3] === 0) return false
    const cell = cellAt(p)
    const found = isOf.get(cell)
    if (found !== undefined) return found
    const close = around(near, cell)
    const far = around(outside, cell) - close
    const so = close >= MIN_NEAR && far <= MAX_FAR * close && around(inside, cell) >= close
    isOf.set(cell, so)
    return so
  }
  const isRest = covered.slice()
  const rests: number[] = []
  for (const ring of rings) {
    tick()
    for (const p of ring) {
      if (!isAlike(p) || !touches(isRest, width, p)) continue
      isRest[p] = 1
      rests.push(p)
    }
  }
  return rests.length <= MAX_SHARE * nearby * step ? rests : []
}

/** The pixels outside that are 1, 2 and so on px off, as far as a rest reaches; none around what is thin. */
function ringsOut(covered: Uint8Array, width: number, tick: () => void): number[][] {
  const taken = covered.slice()
  const first: number[] = []
  let area = 0
  for (let p = 0; p < covered.length; p++) {
    if ((p & TICK_MASK) === 0) tick()
    if (covered[p] === 0) continue
    area++
    grow(taken, width, p, first)
  }
  const depth = first.length > 0 ? area / first.length : 0
  if (depth < MIN_DEPTH) return []
  const reach = clamp(Math.round(depth * REACH_SHARE), MIN_REACH, MAX_REACH)
  const rings = [first]
  while (rings.length < reach) {
    tick()
    const next: number[] = []
    for (const p of rings[rings.length - 1]) grow(taken, width, p, next)
    rings.push(next)
  }
  return rings
}

/** Adds the neighbours of a pixel that are not taken, and takes them. */
function grow(taken: Uint8Array, width: number, p: number, into: number[]): void {
  const x = p % width
  if (x > 0) take(taken, p - 1, into)
  if (x + 1 < width) take(taken, p + 1, into)
  take(taken, p - width, into)
  take(taken, p + width, into)
}

function take(taken: Uint8Array, p: number, into: number[]): void {
  if (taken[p] !== 0) return
  taken[p] = 1
  into.push(p)
}

function touches(flags: Uint8Array, width: number, p: number): boolean {
  const x = p % width
  return (
    (x > 0 && flags[p - 1] > 0) ||
    (x + 1 < width && flags[p + 1] > 0) ||
    flags[p - width] > 0 ||
    flags[p + width] > 0
  )
}

/** How often a colour was counted, and those next to it. */
function around(counts: Uint32Array, cell: number): number {
  const [red, green, blue] = [cell >> (2 * CELL_BITS), (cell >> CELL_BITS) & (CELLS - 1), cell & (CELLS - 1)]
  let sum = 0
  for (let r = Math.max(0, red - 1); r <= Math.min(CELLS - 1, red + 1); r++)
    for (let g = Math.max(0, green - 1); g <= Math.min(CELLS - 1, green + 1); g++)
      for (let b = Math.max(0, blue - 1); b <= Math.min(CELLS - 1, blue + 1); b++)
        sum += counts[(r << (2 * CELL_BITS)) | (g << CELL_BITS) | b]
  return sum
}
