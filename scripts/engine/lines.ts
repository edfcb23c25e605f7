import type { RgbaImage } from '../../src/core/image/raster'
import { Random } from '../../src/engine/random'

/** How far off an edge of a fill may lie from that of the truth, px. */
const NEAR = 2
/** The strongest part of the gradients of a picture are its edges. */
const EDGE_SHARE = 0.1
/** Half the side of the patches that are compared, px; how many; and how far apart copies lie, px. */
const PATCH = 4
const SAMPLES = 100
const APART = 12
/** A copy differs by less than this, root mean square levels, */
const SAME = 6
/** and shows something: a standard deviation of this many levels. */
const PLAIN = 8

/** Brightness as `measure` has it, by pixel. */
export type Light = Float64Array

function gradients(light: Light, width: number): Float64Array {
  return Float64Array.from(light, (value, p) =>
    p % width === width - 1 || p + width >= light.length
      ? 0
      : Math.hypot(light[p + 1]! - value, light[p + width]! - value),
  )
}

/** The share of the truth's strong edges in the hole that the fill has, too, half as strong and within 2 px. */
export function linesKept(fill: Light, truth: Light, mask: Uint8Array, { width, height }: RgbaImage): number {
  const [a, b] = [gradients(fill, width), gradients(truth, width)]
  const strong = b.toSorted()[Math.floor(b.length * (1 - EDGE_SHARE))]!
  let [edges, kept] = [0, 0]
  for (let p = 0; p < mask.length; p++) {
    if (!mask[p] || b[p]! <= strong) continue
    edges++
    const [x, y] = [p % width, Math.floor(p / width)]
    let most = 0
    for (let j = Math.max(0, y - NEAR); j <= Math.min(height - 1, y + NEAR); j++)
      for (let i = Math.max(0, x - NEAR); i <= Math.min(width - 1, x + NEAR); i++)
        most = Math.max(most, a[j * width + i]!)
    if (most >= b[p]! / 2) kept++
  }
  return edges > 0 ? kept / edges : 1
}

/** The share of patches in the hole, of those that show something, with a copy elsewhere in it: a comb has many. */
export function repetition(light: Light, mask: Uint8Array, { width, height }: RgbaImage): number {
  const random = new Random(9)
  const inside = (p: number) => {
    const [x, y] = [p % width, Math.floor(p / width)]
    return mask[p]! > 0 && x >= PATCH && y >= PATCH && x < width - PATCH && y < height - PATCH
  }
  const holes = [...mask.keys()].filter(inside)
  if (holes.length === 0) return 0
  const patch = (p: number) => {
    const out: number[] = []
    for (let j = -PATCH; j <= PATCH; j++)
      for (let i = -PATCH; i <= PATCH; i++) out.push(light[p + j * width + i]!)
    return out
  }
  let [shown, copied] = [0, 0]
  for (let k = 0; k < SAMPLES; k++) {
    const p = holes[random.below(holes.length)]!
    const own = patch(p)
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length
    if (own.reduce((sum, value) => sum + (value - mean) ** 2, 0) < PLAIN ** 2 * own.length) continue
    shown++
    const limit = SAME ** 2 * own.length
    const isCopy = (q: number) => {
      if (Math.abs(light[q]! - light[p]!) > 3 * SAME) return false
      if (
        Math.abs((q % width) - (p % width)) < APART &&
        Math.abs(Math.floor(q / width) - Math.floor(p / width)) < APART
      )
        return false
      let sum = 0
      for (let j = -PATCH, n = 0; j <= PATCH && sum < limit; j++)
        for (let i = -PATCH; i <= PATCH; i++, n++) sum += (light[q + j * width + i]! - own[n]!) ** 2
      return sum < limit
    }
    if (holes.some(isCopy)) copied++
  }
  return shown > 0 ? copied / shown : 0
}
