import { grownBy, intersectRect, isEmptyRect, type Rect } from '../geometry'
import { continueSmoothly } from '../image/membrane'
import type { RgbaImage } from '../image/raster'
import { coverageBounds, coverageMask } from './coverage'
import type { Patch } from './document'
import { type ColorShift, colorShift, NO_SHIFT, ringOf, shiftColors } from './matchColor'

/** How a patch's colours are brought to the picture around it before it is blended. */
export interface Tone {
  readonly shift: ColorShift
  /** null where no seam is repaired, or nothing lies around it. */
  readonly seam: SeamCorrection | null
}

/** Added to a patch's colours: at its rim how far they miss the picture's, inside smoothly in between. */
interface SeamCorrection {
  /** Image px. */
  readonly rect: Rect
  /** Red, green and blue of each pixel, levels. */
  readonly values: Float32Array
}

/** Width of the rim around a coverage whose differences are continued inwards, px. */
const RIM_PX = 4

/**
 * What the patch's blend does to its colours.
 * @param patchOver the patch's pixels over a rectangle inside it, image px
 * @param below the picture below the patch over the same rectangle
 */
export function toneOf(
  patch: Patch,
  patchOver: (rect: Rect) => RgbaImage,
  below: (rect: Rect) => RgbaImage,
): Tone {
  const { matchColor, seam } = patch.blend
  const shift = matchColor ? colorShift(patch, patchOver, below) : NO_SHIFT
  return { shift, seam: seam === 'gradient' ? seamCorrection(patch, patchOver, below, shift) : null }
}

/**
 * The patch keeps its gradients and takes the picture's colours at its rim: the difference there is continued inwards
 * as a smooth membrane.
 * @see Pérez et al., "Poisson Image Editing", 2003; Farbman et al., "Convolution Pyramids", 2011
 */
function seamCorrection(
  patch: Patch,
  patchOver: (rect: Rect) => RgbaImage,
  below: (rect: Rect) => RgbaImage,
  shift: ColorShift,
): SeamCorrection | null {
  const covered = coverageBounds(patch)
  if (isEmptyRect(covered)) return null
  const rect = intersectRect(grownBy(covered, RIM_PX), patch.rect)
  const coverage = coverageMask(patch, rect)
  const rim = ringOf(coverage, RIM_PX)
  const own = patchOver(rect)
  if (shift !== NO_SHIFT) shiftColors(own, shift)
  const from = own.data
  const to = below(rect).data
  const count = coverage.data.length
  const pixels = new Int32Array(count)
  const values = new Float32Array(3 * count)
  const wanted = new Int32Array(count)
  let known = 0
  let inside = 0
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    if (coverage.data[p] > 0) wanted[inside++] = p
    else if (rim.data[p] > 0 && from[i + 3] === 255 && to[i + 3] === 255) {
      for (let c = 0; c < 3; c++) values[3 * known + c] = to[i + c] - from[i + c]
      pixels[known++] = p
    }
  }
  if (known === 0) return null
  const scattered = {
    width: rect.width,
    height: rect.height,
    channels: 3,
    pixels: pixels.subarray(0, known),
    values: values.subarray(0, 3 * known),
  }
  const continued = continueSmoothly(scattered, wanted.subarray(0, inside))
  const out = new Float32Array(3 * count)
  for (let k = 0; k < inside; k++) out.set(continued.subarray(3 * k, 3 * k + 3), 3 * wanted[k])
  return { rect, values: out }
}

/** Brings pixels of a patch to the picture's colours, in place; alpha stays. @param part where they lie, image px */
export function applyTone({ data }: RgbaImage, part: Rect, { shift, seam }: Tone): void {
  if (shift !== NO_SHIFT) shiftColors({ data, width: part.width, height: part.height }, shift)
  if (!seam) return
  const { rect, values } = seam
  const inside = intersectRect(part, rect)
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    let v = 3 * ((y - rect.y) * rect.width + inside.x - rect.x)
    let i = 4 * ((y - part.y) * part.width + inside.x - part.x)
    for (let x = 0; x < inside.width; x++, v += 3, i += 4) {
      data[i] += values[v]
      data[i + 1] += values[v + 1]
      data[i + 2] += values[v + 2]
    }
  }
}
