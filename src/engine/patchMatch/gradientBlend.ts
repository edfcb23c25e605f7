import type { OffsetField } from './offsetField'
import type { Reconstruction } from './reconstruct'

/** Successive over-relaxation: how far each step goes beyond the average of the neighbours. */
const RELAXATION = 1.85
const MIN_SWEEPS = 24
const MAX_SWEEPS = 160

/** How firmly a pixel holds its own colour: steps are spread over some 1 / sqrt(HOLD) px, and nothing drifts. */
const HOLD = 0.002
/** A voted difference that is further than this from the one in the picture is an edge: the picture's stays. */
const EDGE = 10

/**
 * Evens out the small steps between patches of different brightness, which show in skies and walls: where the
 * difference between two neighbours is nearly what the patches say, it is made what they say, and the pixels are
 * solved for again with the known ones around as the boundary. Edges and texture stay.
 * @param depth of the hole, px: how far the boundary has to be carried in
 * @see Perez, Gangnet and Blake, "Poisson Image Editing", 2003
 */
export function blendGradients(
  field: OffsetField,
  reconstruction: Reconstruction,
  sharpness: number,
  depth: number,
): void {
  const { width, height, color } = field.level
  const { pixels, holeCount, slot } = reconstruction
  const toRight = voteDifferences(field, reconstruction, sharpness, 1)
  const below = voteDifferences(field, reconstruction, sharpness, width)
  const values = new Float64Array(pixels.length * 3)
  for (let s = 0; s < pixels.length; s++) {
    const c = color[pixels[s]]
    values[s * 3] = c & 255
    values[s * 3 + 1] = (c >>> 8) & 255
    values[s * 3 + 2] = (c >>> 16) & 255
  }
  keepEdges(toRight, values, pixels, slot, 1)
  keepEdges(below, values, pixels, slot, width)
  const held = values.slice(0, holeCount * 3)
  // By hole pixel: its four neighbours' slots (-1 at the picture's edge or at a transparent pixel).
  const around = new Int32Array(holeCount * 4)
  for (let s = 0; s < holeCount; s++) {
    const p = pixels[s]
    const x = p % width
    around[s * 4] = x > 0 ? slot[p - 1] : -1
    around[s * 4 + 1] = x + 1 < width ? slot[p + 1] : -1
    around[s * 4 + 2] = p >= width ? slot[p - width] : -1
    around[s * 4 + 3] = p + width < width * height ? slot[p + width] : -1
  }
  const sweeps = Math.min(MAX_SWEEPS, MIN_SWEEPS + 2 * depth)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let s = 0; s < holeCount; s++) {
      const [left, right, up, down] = [around[s * 4], around[s * 4 + 1], around[s * 4 + 2], around[s * 4 + 3]]
      const count = (left >= 0 ? 1 : 0) + (right >= 0 ? 1 : 0) + (up >= 0 ? 1 : 0) + (down >= 0 ? 1 : 0)
      if (count === 0) continue
      for (let c = 0; c < 3; c++) {
        let sum = 0
        if (left >= 0) sum += values[left * 3 + c] + toRight[left * 3 + c]
        if (right >= 0) sum += values[right * 3 + c] - toRight[s * 3 + c]
        if (up >= 0) sum += values[up * 3 + c] + below[up * 3 + c]
        if (down >= 0) sum += values[down * 3 + c] - below[s * 3 + c]
        const i = s * 3 + c
        values[i] += RELAXATION * ((sum + HOLD * held[i]) / (count + HOLD) - values[i])
      }
    }
  }
  for (let s = 0; s < holeCount; s++) {
    const i = s * 3
    color[pixels[s]] =
      byte(values[i]) |
      (byte(values[i + 1]) << 8) |
      (byte(values[i + 2]) << 16) |
      (color[pixels[s]] & 0xff000000)
  }
}

/** Puts the picture's own difference where the voted one would wipe an edge out (or invent one). */
function keepEdges(
  differences: Float64Array,
  values: Float64Array,
  pixels: Int32Array,
  slot: Int32Array,
  step: number,
): void {
  for (let s = 0; s < pixels.length; s++) {
    const next = pixels[s] + step < slot.length ? slot[pixels[s] + step] : -1
    if (next < 0) continue
    let off = 0
    for (let c = 0; c < 3; c++) {
      const own = values[next * 3 + c] - values[s * 3 + c]
      off = Math.max(off, Math.abs(own - differences[s * 3 + c]))
    }
    if (off <= EDGE) continue
    for (let c = 0; c < 3; c++) differences[s * 3 + c] = values[next * 3 + c] - values[s * 3 + c]
  }
}

/** For each pixel of the reconstruction the voted difference to the pixel `step` further, by channel. */
function voteDifferences(
  field: OffsetField,
  reconstruction: Reconstruction,
  sharpness: number,
  step: number,
): Float64Array {
  const { color, width } = field.level
  const { slot, pixels } = reconstruction
  const r = field.radius
  const lastRow = step === 1 ? r : r - 1
  const lastColumn = step === 1 ? r - 1 : r
  const sums = new Float64Array(pixels.length * 3)
  const totals = new Float64Array(pixels.length)
  reconstruction.forEachWeight(sharpness, (target, source, weight) => {
    const offset = source - target
    for (let dy = -r; dy <= lastRow; dy++) {
      const row = target + dy * width
      for (let p = row - r; p <= row + lastColumn; p++) {
        const s = slot[p]
        if (s < 0) continue
        const a = color[p + offset]
        const b = color[p + offset + step]
        sums[s * 3] += weight * ((b & 255) - (a & 255))
        sums[s * 3 + 1] += weight * (((b >>> 8) & 255) - ((a >>> 8) & 255))
        sums[s * 3 + 2] += weight * (((b >>> 16) & 255) - ((a >>> 16) & 255))
        totals[s] += weight
      }
    }
  })
  for (let s = 0; s < totals.length; s++) {
    if (totals[s] === 0) continue
    for (let c = 0; c < 3; c++) sums[s * 3 + c] /= totals[s]
  }
  return sums
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
