import type { RgbaImage } from '../../core/image/raster'
import type { OffsetField } from './offsetField'
import type { HolePart } from './holePart'
import { boxIndex, levelIndex } from './level'
import type { Reconstruction } from './reconstruct'

/** A step between colours that is no change of light any more, levels. */
const EDGE = 40

/**
 * Chooses what transparent pixels look like to the search: the corner of the colour cube furthest from all colours of the
 * picture, so that only transparent patches match them.
 * @returns red, green and blue, red lowest
 */
export function matteFor({ data }: RgbaImage, known: Uint8Array): number {
  const nearest = new Float64Array(8).fill(Infinity)
  for (let p = 0; p < known.length; p++) {
    const i = p * 4
    if (!known[p] || data[i + 3] === 0) continue
    for (let corner = 0; corner < 8; corner++) {
      const red = data[i] - (corner & 1 ? 255 : 0)
      const green = data[i + 1] - (corner & 2 ? 255 : 0)
      const blue = data[i + 2] - (corner & 4 ? 255 : 0)
      nearest[corner] = Math.min(nearest[corner], red * red + green * green + blue * blue)
    }
  }
  const corner = nearest.indexOf(Math.max(...nearest))
  return (corner & 1 ? 255 : 0) | (corner & 2 ? 255 << 8 : 0) | (corner & 4 ? 255 << 16 : 0)
}

/** @returns whether a pixel outside the mask is not opaque */
export function hasAlpha({ data }: RgbaImage, mask: Uint8Array): boolean {
  for (let p = 0; p < mask.length; p++) if (data[p * 4 + 3] < 255 && mask[p] === 0) return true
  return false
}

/** @returns whether a step at the seam says how the light differs, and not that something ends there */
export function isLight(red: number, green: number, blue: number): boolean {
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)) <= EDGE
}

/** What patches say of the hole's alpha, by slot of a reconstruction. */
export interface VotedAlpha {
  /** Red, green, blue and alpha. */
  readonly values: Uint8ClampedArray
  /** 1 where some of the patches are transparent: the colours hold there, too. */
  readonly hasClear: Uint8Array
}

/**
 * Votes for the hole's alpha: the mean of what the patches over a pixel say, weighted as their colours are. Where some of
 * them are transparent the colour is the mean of the others; colour under alpha 0 has no say.
 */
export function voteAlpha(
  image: RgbaImage,
  { field, reconstruction }: { readonly field: OffsetField; readonly reconstruction: Reconstruction },
  sharpness: number,
): VotedAlpha {
  const { holeCount, slot, box } = reconstruction
  const { width } = field.level
  const r = field.radius
  const from = image.data
  const sums = new Float64Array(holeCount * 4)
  const totals = new Float64Array(holeCount)
  const hasClear = new Uint8Array(holeCount)
  reconstruction.forEachWeight(sharpness, (target, source, weight) => {
    const at = boxIndex(box, width, target)
    for (let dy = -r; dy <= r; dy++) {
      const row = source + dy * width
      const boxRow = at + dy * box.width
      for (let dx = -r; dx <= r; dx++) {
        const s = slot[boxRow + dx]
        if (s < 0 || s >= holeCount) continue
        const i = (row + dx) * 4
        const alpha = from[i + 3]
        totals[s] += weight
        if (alpha === 0) hasClear[s] = 1
        for (let c = 0; c < 3; c++) sums[s * 4 + c] += weight * alpha * from[i + c]
        sums[s * 4 + 3] += weight * alpha
      }
    }
  })
  const values = new Uint8ClampedArray(holeCount * 4)
  for (let s = 0; s < holeCount; s++) {
    const i = s * 4
    const alpha = sums[i + 3]
    values[i + 3] = totals[s] === 0 ? 255 : alpha / totals[s]
    for (let c = 0; c < 3; c++) values[i + c] = alpha > 0 ? sums[i + c] / alpha : 0
  }
  return { values, hasClear }
}

/**
 * @param pixels of the slots, in the level
 * @param part whose hole holds the voted colours; changed
 * @param width of the level, px
 */
export function writeAlpha(
  { values, hasClear }: VotedAlpha,
  pixels: Int32Array,
  { image: { data }, mask, at }: HolePart,
  width: number,
): void {
  for (let s = 0; s < hasClear.length; s++) {
    const p = boxIndex(at, width, pixels[s])
    if (!mask.data[p]) continue
    const i = s * 4
    if (hasClear[s]) data.set(values.subarray(i, i + 4), p * 4)
    else data[p * 4 + 3] = values[i + 3]
  }
}

/** Gives each pixel of the hole the alpha, and where that is 0 the hidden colour, of the pixel that it was copied from. */
export function copyAlpha(
  image: RgbaImage,
  sources: Int32Array,
  { image: { data }, mask, at }: HolePart,
): void {
  for (let p = 0; p < mask.data.length; p++) {
    const from = sources[levelIndex(at, image.width, p)] * 4
    if (mask.data[p] && from >= 0) data.set(image.data.subarray(from, from + 4), p * 4)
  }
}
