import type { RgbaImage } from '../../core/image/raster'
import type { OffsetField } from './offsetField'
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
  return mask.some((coverage, p) => coverage === 0 && data[p * 4 + 3] < 255)
}

/** @returns whether a step at the seam says how the light differs, and not that something ends there */
export function isLight(red: number, green: number, blue: number): boolean {
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)) <= EDGE
}

/**
 * Writes the hole's alpha: the mean of what the patches over a pixel say, weighted as their colours are. Where some of
 * them are transparent the colour is the mean of the others; colour under alpha 0 has no say.
 * @param data of the filled picture, whose hole holds the voted colours; changed
 */
export function voteAlpha(
  image: RgbaImage,
  mask: Uint8Array,
  { field, reconstruction }: { readonly field: OffsetField; readonly reconstruction: Reconstruction },
  sharpness: number,
  data: Uint8ClampedArray,
): void {
  const { pixels, holeCount, slot, first } = reconstruction
  const { width } = field.level
  const r = field.radius
  const from = image.data
  const sums = new Float64Array(holeCount * 4)
  const totals = new Float64Array(holeCount)
  const hasClear = new Uint8Array(holeCount)
  reconstruction.forEachWeight(sharpness, (target, source, weight) => {
    const offset = source - target
    for (let dy = -r; dy <= r; dy++) {
      const row = target + dy * width
      for (let p = row - r; p <= row + r; p++) {
        const s = slot[p - first]
        if (s < 0 || s >= holeCount) continue
        const i = (p + offset) * 4
        const alpha = from[i + 3]
        totals[s] += weight
        if (alpha === 0) hasClear[s] = 1
        for (let c = 0; c < 3; c++) sums[s * 4 + c] += weight * alpha * from[i + c]
        sums[s * 4 + 3] += weight * alpha
      }
    }
  })
  for (let s = 0; s < holeCount; s++) {
    if (!mask[pixels[s]]) continue
    const i = pixels[s] * 4
    const alpha = sums[s * 4 + 3]
    data[i + 3] = totals[s] === 0 ? 255 : alpha / totals[s]
    if (hasClear[s]) for (let c = 0; c < 3; c++) data[i + c] = alpha > 0 ? sums[s * 4 + c] / alpha : 0
  }
}

/** Gives each pixel of the hole the alpha, and where that is 0 the hidden colour, of the pixel that it was copied from. */
export function copyAlpha(
  image: RgbaImage,
  mask: Uint8Array,
  sources: Int32Array,
  data: Uint8ClampedArray,
): void {
  for (let p = 0; p < mask.length; p++) {
    const from = sources[p] * 4
    if (mask[p] && from >= 0) data.set(image.data.subarray(from, from + 4), p * 4)
  }
}
