import type { OffsetField } from './offsetField'
import type { Reconstruction } from './reconstruct'

/** Successive over-relaxation: how far each step goes beyond the average of the neighbours. */
export const RELAXATION = Math.fround(1.85)
const MIN_SWEEPS = 24
const MAX_SWEEPS = 160
/** Every so many sweeps it is looked whether anything still changes by more than REST levels. */
export const SWEEPS_A_LOOK = 4
export const REST = Math.fround(0.25)

/** How firmly a pixel holds its own colour: steps are spread over some 1 / sqrt(HOLD) px, and nothing drifts. */
export const HOLD = Math.fround(0.002)
/** One over (neighbours + HOLD), by the number of neighbours. */
export const SHARES = Float32Array.from([0, 1, 2, 3, 4], (count) => 1 / (count + HOLD))
/** A voted difference that is further than this from the one in the picture is an edge: the picture's stays. */
const EDGE = 10

/**
 * The small steps between patches of different brightness, which show in skies and walls, are evened out: where the
 * difference between two neighbours is nearly what the patches say, it is made what they say, and the pixels are
 * solved for again with the known ones around as the boundary. Edges and texture stay. Four numbers a pixel (the
 * fourth is not used), single precision: SIMD gives the same.
 * @see Perez, Gangnet and Blake, "Poisson Image Editing", 2003
 */
export interface Steps {
  /** By slot: the colour. Of the hole's pixels it is solved for. */
  readonly values: Float32Array<ArrayBuffer>
  /** By slot: what the pixel to the right, and the one below, is to differ by. */
  readonly toRight: Float32Array<ArrayBuffer>
  readonly below: Float32Array<ArrayBuffer>
  /** By hole pixel: its four neighbours' slots (left, right, up, down), -1 where there is none. */
  readonly around: Int32Array<ArrayBuffer>
  readonly holeCount: number
}

/**
 * Sets the equations up.
 * @param toRight voted differences by slot; changed where they would wipe an edge out
 */
export function makeSteps(
  field: OffsetField,
  { pixels, holeCount, slot }: Reconstruction,
  toRight: Float32Array<ArrayBuffer>,
  below: Float32Array<ArrayBuffer>,
): Steps {
  const { width, height, color } = field.level
  const values = new Float32Array(pixels.length * 4)
  for (let s = 0; s < pixels.length; s++) {
    const c = color[pixels[s]]
    values[s * 4] = c & 255
    values[s * 4 + 1] = (c >>> 8) & 255
    values[s * 4 + 2] = (c >>> 16) & 255
  }
  keepEdges(toRight, values, pixels, slot, 1)
  keepEdges(below, values, pixels, slot, width)
  const around = new Int32Array(holeCount * 4)
  for (let s = 0; s < holeCount; s++) {
    const p = pixels[s]
    const x = p % width
    around[s * 4] = x > 0 ? slot[p - 1] : -1
    around[s * 4 + 1] = x + 1 < width ? slot[p + 1] : -1
    around[s * 4 + 2] = p >= width ? slot[p - width] : -1
    around[s * 4 + 3] = p + width < width * height ? slot[p + width] : -1
  }
  return { values, toRight, below, around, holeCount }
}

/** @param depth of the hole, px: how far the boundary has to be carried in */
export function sweepsFor(depth: number): number {
  return Math.min(MAX_SWEEPS, MIN_SWEEPS + 2 * depth)
}

const f = Math.fround

/** Solves in place. */
export function relax({ values, toRight, below, around, holeCount }: Steps, sweeps: number): void {
  const held = values.slice(0, holeCount * 4)
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    let most = 0
    for (let s = 0; s < holeCount; s++) {
      const n = s * 4
      const left = around[n] * 4
      const right = around[n + 1] * 4
      const up = around[n + 2] * 4
      const down = around[n + 3] * 4
      const count = (left >= 0 ? 1 : 0) + (right >= 0 ? 1 : 0) + (up >= 0 ? 1 : 0) + (down >= 0 ? 1 : 0)
      if (count === 0) continue
      const share = SHARES[count]
      for (let c = 0; c < 3; c++) {
        let sum = 0
        if (left >= 0) sum = f(sum + f(values[left + c] + toRight[left + c]))
        if (right >= 0) sum = f(sum + f(values[right + c] - toRight[n + c]))
        if (up >= 0) sum = f(sum + f(values[up + c] + below[up + c]))
        if (down >= 0) sum = f(sum + f(values[down + c] - below[n + c]))
        const wanted = f(f(sum + f(HOLD * held[n + c])) * share)
        const change = f(RELAXATION * f(wanted - values[n + c]))
        values[n + c] += change
        if (Math.abs(change) > most) most = Math.abs(change)
      }
    }
    if (sweep % SWEEPS_A_LOOK === 0 && most <= REST) break
  }
}

/** Writes what was solved for into the level. */
export function writeSteps({ values, holeCount }: Steps, { level }: OffsetField, pixels: Int32Array): void {
  const { color } = level
  for (let s = 0; s < holeCount; s++) {
    const i = s * 4
    color[pixels[s]] =
      byte(values[i]) |
      (byte(values[i + 1]) << 8) |
      (byte(values[i + 2]) << 16) |
      (color[pixels[s]] & 0xff000000)
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
