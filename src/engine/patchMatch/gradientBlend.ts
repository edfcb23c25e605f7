import { indicesOf } from './level'
import type { OffsetField } from './offsetField'
import type { Reconstruction } from './reconstruct'

/** Successive over-relaxation: how far each step goes beyond the average of the neighbours. */
export const RELAXATION = Math.fround(1.7)
/** Sweeps a level: what is far is settled on the coarser levels, where it is near. */
const SWEEPS = 14
const COARSEST_SWEEPS = 60
/** Smaller systems than this are not halved any more. */
const SMALL_ENOUGH = 400

/**
 * How firmly a pixel holds the colour it was voted: nothing drifts where the voted differences do not agree. More where
 * known pixels hold the hole on one side only.
 */
const HOLD = 0.0002
const HOLD_ONE_SIDED = 0.002
/** A voted difference that is further than this from the one in the picture is an edge: the picture's stays. */
const EDGE = 40

/**
 * One level of the equations for a correction that makes neighbours differ as the patches voted: for each of its
 * pixels, (neighbours + hold) e - sum of e around = wanted; on known pixels e is 0. Four numbers a pixel (the fourth
 * is not used), single precision: SIMD gives the same.
 */
export interface Corrections {
  readonly e: Float32Array<ArrayBuffer>
  readonly wanted: Float32Array<ArrayBuffer>
  /** By pixel: its four neighbours among the pixels (left, right, up, down), -1 where e is 0. */
  readonly around: Int32Array<ArrayBuffer>
  /** By pixel: one over (neighbours + hold); 0 where it has none. */
  readonly shares: Float32Array<ArrayBuffer>
}

interface Grid extends Corrections {
  readonly width: number
  readonly height: number
  /** Where the pixels lie. */
  readonly pixels: Int32Array
  /** A pixel's place in `pixels`, or -1. */
  readonly slot: Int32Array
  readonly hold: number
}

export type Relax = (level: Corrections, sweeps: number) => void

const f = Math.fround

/** Solves in place, in this script. */
export const relax: Relax = ({ e, wanted, around, shares }, sweeps) => {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let s = 0; s < shares.length; s++) {
      const n = s * 4
      const left = around[n] * 4
      const right = around[n + 1] * 4
      const up = around[n + 2] * 4
      const down = around[n + 3] * 4
      for (let c = 0; c < 3; c++) {
        let sum = wanted[n + c]
        if (left >= 0) sum = f(sum + e[left + c])
        if (right >= 0) sum = f(sum + e[right + c])
        if (up >= 0) sum = f(sum + e[up + c])
        if (down >= 0) sum = f(sum + e[down + c])
        e[n + c] += f(RELAXATION * f(f(sum * shares[s]) - e[n + c]))
      }
    }
  }
}

/**
 * Evens out the small steps between patches of different brightness, which show in skies: where the difference between
 * two neighbours is nearly what the patches say, it is made what they say, with the known pixels around as the
 * boundary. Edges and texture stay. Coarse to fine, so that a deep hole is settled as far in as a small one.
 * @param toRight voted differences by slot, `below` likewise; changed where they would wipe an edge out
 * @see Perez, Gangnet and Blake, "Poisson Image Editing", 2003
 * @see Bornemann and Deuflhard, "The Cascadic Multigrid Method for Elliptic Problems", 1996
 */
export function blendSteps(
  field: OffsetField,
  { pixels, holeCount, slot }: Reconstruction,
  toRight: Float32Array<ArrayBuffer>,
  below: Float32Array<ArrayBuffer>,
  { relax: solve, oneSided }: { readonly relax: Relax; readonly oneSided: boolean },
): void {
  const { level } = field
  const { width, height, color } = level
  const values = new Float32Array(pixels.length * 4)
  for (let s = 0; s < pixels.length; s++) {
    const c = color[pixels[s]]
    values[s * 4] = c & 255
    values[s * 4 + 1] = (c >>> 8) & 255
    values[s * 4 + 2] = (c >>> 16) & 255
  }
  keepEdges(toRight, values, pixels, slot, 1)
  keepEdges(below, values, pixels, slot, width)
  const grids = [gridOf(width, height, pixels.slice(0, holeCount), oneSided ? HOLD_ONE_SIDED : HOLD, slot)]
  wish(grids[0], { values, toRight, below, slot })
  while (grids[grids.length - 1].pixels.length > SMALL_ENOUGH) {
    const next = halve(grids[grids.length - 1])
    if (next.pixels.length === 0) break
    grids.push(next)
  }
  for (let k = grids.length - 1; k >= 0; k--) {
    solve(grids[k], k === grids.length - 1 ? COARSEST_SWEEPS : SWEEPS)
    if (k > 0) prolong(grids[k], grids[k - 1])
  }
  const { e } = grids[0]
  for (let s = 0; s < holeCount; s++) {
    const i = s * 4
    color[pixels[s]] =
      byte(values[i] + e[i]) |
      (byte(values[i + 1] + e[i + 1]) << 8) |
      (byte(values[i + 2] + e[i + 2]) << 16) |
      (color[pixels[s]] & 0xff000000)
  }
}

/** @param counts by pixel: 0 or more where it is a neighbour at all, in the system or known */
function gridOf(width: number, height: number, pixels: Int32Array, hold: number, counts: Int32Array): Grid {
  const slot = new Int32Array(width * height).fill(-1)
  for (let s = 0; s < pixels.length; s++) slot[pixels[s]] = s
  const around = new Int32Array(pixels.length * 4).fill(-1)
  const shares = new Float32Array(pixels.length)
  for (let s = 0; s < pixels.length; s++) {
    const p = pixels[s]
    const x = p % width
    let neighbours = 0
    const n = s * 4
    if (x > 0 && counts[p - 1] >= 0) {
      neighbours++
      around[n] = slot[p - 1]
    }
    if (x + 1 < width && counts[p + 1] >= 0) {
      neighbours++
      around[n + 1] = slot[p + 1]
    }
    if (p >= width && counts[p - width] >= 0) {
      neighbours++
      around[n + 2] = slot[p - width]
    }
    if (p + width < slot.length && counts[p + width] >= 0) {
      neighbours++
      around[n + 3] = slot[p + width]
    }
    shares[s] = neighbours > 0 ? 1 / (neighbours + hold) : 0
  }
  const e = new Float32Array(pixels.length * 4)
  return { width, height, pixels, slot, hold, around, shares, e, wanted: new Float32Array(pixels.length * 4) }
}

interface Voted {
  readonly values: Float32Array
  readonly toRight: Float32Array
  readonly below: Float32Array
  /** A pixel's place in these. */
  readonly slot: Int32Array
}

/** What the differences are off as things stand. The hole's pixels come first in both numberings. */
function wish({ width, pixels, wanted }: Grid, { values, toRight, below, slot }: Voted): void {
  const size = slot.length
  for (let s = 0; s < pixels.length; s++) {
    const p = pixels[s]
    const x = p % width
    const left = x > 0 ? slot[p - 1] * 4 : -4
    const right = x + 1 < width ? slot[p + 1] * 4 : -4
    const up = p >= width ? slot[p - width] * 4 : -4
    const down = p + width < size ? slot[p + width] * 4 : -4
    const n = s * 4
    for (let c = 0; c < 3; c++) {
      let sum = 0
      if (left >= 0) sum += values[left + c] + toRight[left + c] - values[n + c]
      if (right >= 0) sum += values[right + c] - toRight[n + c] - values[n + c]
      if (up >= 0) sum += values[up + c] + below[up + c] - values[n + c]
      if (down >= 0) sum += values[down + c] - below[n + c] - values[n + c]
      wanted[n + c] = sum
    }
  }
}

/** Half the size: pixels whose children are all in the system; what these are off, summed. */
function halve(fine: Grid): Grid {
  const width = (fine.width + 1) >> 1
  const height = (fine.height + 1) >> 1
  const held = new Uint8Array(width * height)
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    held[((p / fine.width) >> 1) * width + ((p % fine.width) >> 1)]++
  }
  const children = (q: number) =>
    Math.min(2, fine.width - 2 * (q % width)) * Math.min(2, fine.height - 2 * ((q / width) | 0))
  for (let q = 0; q < held.length; q++) held[q] = held[q] > 0 && held[q] === children(q) ? 1 : 0
  const grid = gridOf(width, height, indicesOf(held), fine.hold * 4, new Int32Array(width * height))
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    const t = grid.slot[((p / fine.width) >> 1) * width + ((p % fine.width) >> 1)]
    if (t < 0) continue
    for (let c = 0; c < 3; c++) grid.wanted[t * 4 + c] += fine.wanted[s * 4 + c]
  }
  return grid
}

/** The coarser correction is where the finer one starts: between its four nearest cells. */
function prolong(coarse: Grid, fine: Grid): void {
  const { width, height, e: from } = coarse
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    const x = p % fine.width
    const y = (p / fine.width) | 0
    const cx = x >> 1
    const cy = y >> 1
    const nx = Math.min(width - 1, Math.max(0, cx + (x & 1 ? 1 : -1)))
    const ny = Math.min(height - 1, Math.max(0, cy + (y & 1 ? 1 : -1)))
    const a = coarse.slot[cy * width + cx] * 4
    const b = coarse.slot[cy * width + nx] * 4
    const d = coarse.slot[ny * width + cx] * 4
    const z = coarse.slot[ny * width + nx] * 4
    for (let c = 0; c < 3; c++) {
      let sum = 0
      if (a >= 0) sum += 9 * from[a + c]
      if (b >= 0) sum += 3 * from[b + c]
      if (d >= 0) sum += 3 * from[d + c]
      if (z >= 0) sum += from[z + c]
      fine.e[s * 4 + c] = sum / 16
    }
  }
}

/** Puts the picture's own difference where the voted one would wipe an edge out (or invent one). */
function keepEdges(
  differences: Float32Array,
  values: Float32Array,
  pixels: Int32Array,
  slot: Int32Array,
  step: number,
): void {
  for (let s = 0; s < pixels.length; s++) {
    const next = pixels[s] + step < slot.length ? slot[pixels[s] + step] : -1
    if (next < 0) continue
    let off = 0
    for (let c = 0; c < 3; c++) {
      const own = values[next * 4 + c] - values[s * 4 + c]
      off = Math.max(off, Math.abs(own - differences[s * 4 + c]))
    }
    if (off <= EDGE) continue
    for (let c = 0; c < 3; c++) differences[s * 4 + c] = values[next * 4 + c] - values[s * 4 + c]
  }
}

/** By slot the voted difference to the pixel `step` further (1 or the width), by channel. */
export function voteDifferences(
  field: OffsetField,
  reconstruction: Reconstruction,
  sharpness: number,
  step: number,
): Float32Array<ArrayBuffer> {
  const { color, width } = field.level
  const { slot, pixels } = reconstruction
  const r = field.radius
  const lastRow = step === 1 ? r : r - 1
  const lastColumn = step === 1 ? r - 1 : r
  const sums = new Float32Array(pixels.length * 4)
  const totals = new Float32Array(pixels.length)
  reconstruction.forEachWeight(sharpness, (target, source, weight) => {
    const offset = source - target
    for (let dy = -r; dy <= lastRow; dy++) {
      const row = target + dy * width
      for (let p = row - r; p <= row + lastColumn; p++) {
        const s = slot[p]
        if (s < 0) continue
        const a = color[p + offset]
        const b = color[p + offset + step]
        sums[s * 4] += f(weight * ((b & 255) - (a & 255)))
        sums[s * 4 + 1] += f(weight * (((b >>> 8) & 255) - ((a >>> 8) & 255)))
        sums[s * 4 + 2] += f(weight * (((b >>> 16) & 255) - ((a >>> 16) & 255)))
        totals[s] += weight
      }
    }
  })
  for (let s = 0; s < totals.length; s++) {
    if (totals[s] === 0) continue
    for (let c = 0; c < 3; c++) sums[s * 4 + c] /= totals[s]
  }
  return sums
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
