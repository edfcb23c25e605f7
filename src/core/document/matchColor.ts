import { grownBy, intersectRect, isEmptyRect, type Rect } from '../geometry'
import { createGray, type GrayImage, type RgbaImage } from '../image/raster'
import { runOperation } from '../mask/refine/maskOperation'
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
  const ring = ringOf(coverageMask(patch, around), RING_PX)
  const from = patchOver(around).data
  const to = below(around).data
  const sums = [0, 0, 0]
  let count = 0
  for (let p = 0, i = 0; p < ring.data.length; p++, i += 4) {
    if (ring.data[p] === 0 || from[i + 3] !== 255 || to[i + 3] !== 255) continue
    count++
    for (let c = 0; c < 3; c++) sums[c] += to[i + c] - from[i + c]
  }
  if (count === 0) return NO_SHIFT
  const [red, green, blue] = sums.map((sum) => Math.round(sum / count))
  return [red, green, blue]
}

/** Above 0 where nothing is covered but something within `width` px is. */
export function ringOf(coverage: GrayImage, width: number): GrayImage {
  const solid = createGray(coverage.width, coverage.height)
  coverage.data.forEach((value, p) => {
    solid.data[p] = value > 0 ? 255 : 0
  })
  const ring = runOperation(solid, { kind: 'grow', radius: width })
  for (let p = 0; p < ring.data.length; p++) if (solid.data[p] > 0) ring.data[p] = 0
  return ring
}

/** Adds the shift to every pixel, in place; alpha stays. */
export function shiftColors({ data }: RgbaImage, [red, green, blue]: ColorShift): void {
  for (let i = 0; i < data.length; i += 4) {
    data[i] += red
    data[i + 1] += green
    data[i + 2] += blue
  }
}
