import { type Grid, gridOf, type Relax, solveCascade } from './corrections'
import type { OffsetField } from './offsetField'
import type { Reconstruction } from './reconstruct'

/**
 * How firmly a pixel holds its voted colour, so that nothing drifts where the voted differences disagree. More where the
 * hole touches known pixels on one side only and the picture's edge on the other.
 */
const HOLD = 0.0002
const HOLD_ONE_SIDED = 0.002
/** A hole is one-sided above this ratio of its pixels on the picture's edge to known pixels around it. */
const MAX_EDGE_RATIO = 0.2
/** A voted difference further than this from the picture's own is an edge and stays as it is, levels. */
const EDGE = 40

/**
 * Evens out small steps between patches of different brightness, which show in skies: where the difference of two
 * neighbours is close to the voted one, it becomes the voted one, with the known pixels around as the boundary. Edges
 * and texture stay.
 * @param toRight voted differences by slot, `below` likewise; changed where they would wipe an edge out
 * @see Perez, Gangnet and Blake, "Poisson Image Editing", 2003
 */
export function blendSteps(
  field: OffsetField,
  { pixels, holeCount, slot }: Reconstruction,
  toRight: Float32Array<ArrayBuffer>,
  below: Float32Array<ArrayBuffer>,
  solve: Relax,
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
  const holes = pixels.slice(0, holeCount)
  const ring = pixels.length - holeCount
  const hold = edgePixels(holes, width, height) > MAX_EDGE_RATIO * ring ? HOLD_ONE_SIDED : HOLD
  const system = gridOf(width, height, holes, hold, slot)
  wish(system, { values, toRight, below, slot })
  solveCascade(system, solve)
  const { e } = system
  for (let s = 0; s < holeCount; s++) {
    const i = s * 4
    color[pixels[s]] =
      byte(values[i] + e[i]) |
      (byte(values[i + 1] + e[i + 1]) << 8) |
      (byte(values[i + 2] + e[i + 2]) << 16) |
      (color[pixels[s]] & 0xff000000)
  }
}

/** @returns the number of hole pixels on the picture's edge */
function edgePixels(holes: Int32Array, width: number, height: number): number {
  let count = 0
  for (let s = 0; s < holes.length; s++) {
    const x = holes[s] % width
    const y = (holes[s] / width) | 0
    if (x === 0 || y === 0 || x + 1 === width || y + 1 === height) count++
  }
  return count
}

interface Voted {
  readonly values: Float32Array
  readonly toRight: Float32Array
  readonly below: Float32Array
  /** A pixel's index in these, or -1. */
  readonly slot: Int32Array
}

/** The residuals of the voted differences. The hole's pixels come first in both numberings. */
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

/** Keeps the picture's own difference where the voted one would remove an edge or invent one. */
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
        sums[s * 4] += Math.fround(weight * ((b & 255) - (a & 255)))
        sums[s * 4 + 1] += Math.fround(weight * (((b >>> 8) & 255) - ((a >>> 8) & 255)))
        sums[s * 4 + 2] += Math.fround(weight * (((b >>> 16) & 255) - ((a >>> 16) & 255)))
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
