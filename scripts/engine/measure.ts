import type { GrayImage, RgbaImage } from '../../src/core/image/raster'
import { linesKept, repetition } from './lines'

/** How close a fill is to what was there. */
export interface Quality {
  /** dB, over the colour channels of the hole. */
  readonly psnr: number
  /** Structural similarity of the brightness in 7 x 7 windows, mean over the hole. */
  readonly ssim: number
  /** Mean gradient in the hole to that around it: 1 is as rough as the surroundings. */
  readonly texture: number
  /** Mean gradient across the mask's edge to that within 4 px of it: 1 is natural. */
  readonly seam: number
  /** The share of the truth's strong edges in the hole that the fill has, too. */
  readonly lines: number
  /** The share of patches in the hole with a copy elsewhere in it, less that of the truth: a comb has many. */
  readonly repeats: number
  /** Bytes that differ outside the hole. */
  readonly outside: number
}

const WINDOW = 3
const [C1, C2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]

function light(image: RgbaImage): Float64Array {
  const out = new Float64Array(image.width * image.height)
  for (let p = 0, i = 0; p < out.length; p++, i += 4)
    out[p] = (image.data[i]! + 2 * image.data[i + 1]! + image.data[i + 2]!) / 4
  return out
}

/** Sums over windows by a summed-area table. */
function table(values: Float64Array, width: number, height: number): (x: number, y: number) => number {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row
    }
  }
  return (x, y) => {
    const [left, top] = [Math.max(0, x - WINDOW), Math.max(0, y - WINDOW)]
    const [right, bottom] = [Math.min(width, x + WINDOW + 1), Math.min(height, y + WINDOW + 1)]
    const at = (i: number, j: number) => sums[j * stride + i]!
    return (
      (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) /
      ((right - left) * (bottom - top))
    )
  }
}

export function measure(
  result: RgbaImage,
  truth: RgbaImage,
  { width, height, data: mask }: GrayImage,
): Quality {
  const [a, b] = [light(result), light(truth)]
  const of = (values: Float64Array) => table(values, width, height)
  const [meanA, meanB] = [of(a), of(b)]
  const [squareA, squareB, product] = [
    of(a.map((v) => v * v)),
    of(b.map((v) => v * v)),
    of(a.map((v, i) => v * b[i]!)),
  ]
  let [holes, error, similarity, outside] = [0, 0, 0, 0]
  for (let p = 0; p < mask.length; p++) {
    let differs = 0
    for (let c = 0; c < 3; c++) {
      const off = result.data[p * 4 + c]! - truth.data[p * 4 + c]!
      if (mask[p]) error += off * off
      else if (off !== 0) differs++
    }
    outside += differs
    if (!mask[p]) continue
    holes++
    const [x, y] = [p % width, Math.floor(p / width)]
    const [ma, mb] = [meanA(x, y), meanB(x, y)]
    const [va, vb, cov] = [squareA(x, y) - ma * ma, squareB(x, y) - mb * mb, product(x, y) - ma * mb]
    similarity += ((2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2))
  }
  const near = nearEdge(mask, width, height, 4)
  const rough = (within: (p: number, q: number) => boolean) => {
    let [sum, count] = [0, 0]
    for (let p = 0; p < mask.length; p++) {
      for (const q of [p + 1, p + width]) {
        if (q >= mask.length || (q === p + 1 && q % width === 0) || !within(p, q)) continue
        sum += Math.abs(a[p]! - a[q]!)
        count++
      }
    }
    return count > 0 ? sum / count : 0
  }
  const inside = rough((p, q) => mask[p]! > 0 && mask[q]! > 0)
  const around = rough((p, q) => !mask[p] && !mask[q])
  const across = rough((p, q) => mask[p]! > 0 !== mask[q]! > 0)
  const beside = rough((p, q) => mask[p]! > 0 === mask[q]! > 0 && near[p]! > 0 && near[q]! > 0)
  return {
    psnr: 10 * Math.log10((255 * 255) / Math.max(1e-6, error / (holes * 3))),
    ssim: similarity / holes,
    texture: inside / Math.max(0.01, around),
    seam: across / Math.max(0.01, beside),
    lines: linesKept(a, b, mask, result),
    repeats: repetition(a, mask, result) - repetition(b, mask, result),
    outside,
  }
}

function nearEdge(mask: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const near = new Uint8Array(mask.length)
  for (let p = 0; p < mask.length; p++) {
    const x = p % width
    const isEdge =
      (x + 1 < width && mask[p]! > 0 !== mask[p + 1]! > 0) ||
      (p + width < mask.length && mask[p]! > 0 !== mask[p + width]! > 0)
    if (!isEdge) continue
    const y = Math.floor(p / width)
    for (let j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++)
      near.fill(1, j * width + Math.max(0, x - reach), j * width + Math.min(width, x + reach + 1))
  }
  return near
}
