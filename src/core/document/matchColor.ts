import { grownBy, intersectRect, isEmptyRect, type Rect } from '../geometry'
import type { RgbaImage } from '../image/raster'
import { ringPixels } from '../image/ring'
import { type Coverage, coverageBounds, coverageMask } from './coverage'

/** Red, green and blue, levels of sRGB. */
export type ColorShift = readonly [red: number, green: number, blue: number]

export const NO_SHIFT: ColorShift = [0, 0, 0]

/** Width of the ring around a coverage in which patch and picture show the same, px. */
const RING_PX = 16

/**
 * By how much a patch's colours miss the picture's: the mean difference in a ring just outside its coverage, where a
 * model repeats what it was shown. No shift where nothing opaque lies in the ring.
 * @param patchOver the patch's pixels over a rectangle inside it, image px
 * @param below the picture below the patch over the same rectangle
 */
export function colorShift(
  patch: Coverage & { readonly rect: Rect },
  patchOver: (rect: Rect) => RgbaImage,
  below: (rect: Rect) => RgbaImage,
): ColorShift {
  const covered = coverageBounds(patch)
  if (isEmptyRect(covered)) return NO_SHIFT
  const around = intersectRect(grownBy(covered, RING_PX), patch.rect)
  const ring = ringPixels(coverageMask(patch, around), RING_PX)
  const from = patchOver(around).data
  const to = below(around).data
  const sums = [0, 0, 0]
  let count = 0
  for (const p of ring) {
    const i = 4 * p
    if (from[i + 3] !== 255 || to[i + 3] !== 255) continue
    count++
    for (let c = 0; c < 3; c++) sums[c] += to[i + c] - from[i + c]
  }
  if (count === 0) return NO_SHIFT
  const [red, green, blue] = sums.map((sum) => Math.round(sum / count))
  return [red, green, blue]
}

/** Adds the shift to every pixel, in place; alpha stays. */
export function shiftColors({ data }: RgbaImage, [red, green, blue]: ColorShift): void {
  for (let i = 0; i < data.length; i += 4) {
    data[i] += red
    data[i + 1] += green
    data[i + 2] += blue
  }
}
