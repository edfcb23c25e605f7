import { clamp, grownBy, intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../geometry'
import { FieldRows, type SmoothField, smoothField } from '../image/membrane'
import type { RgbaImage } from '../image/raster'
import { ringPixels } from '../image/ring'
import { type Quarters, turnedRect } from '../image/rotate'
import { coverageBounds, coverageMask } from './coverage'
import type { Patch } from './document'
import { type ColorShift, colorShift, NO_SHIFT, shiftColors } from './matchColor'

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
  /** Red, green and blue, levels; over the rectangle as it was before the patch was turned. */
  readonly field: SmoothField
  /** How the rectangle was turned since. */
  readonly quarters: Quarters
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
  const ring = ringPixels(coverageMask(patch, rect), RIM_PX)
  const { quarters = 0 } = patch
  // Found as the patch was made, so that it is the same field however that is turned.
  const back = turnBack(quarters)
  const unturned = turnedRect(rectOf(rect), rect, back)
  const from = patchOver(rect).data
  const to = below(rect).data
  const pixels = new Int32Array(ring.length)
  const values = new Float32Array(3 * ring.length)
  let known = 0
  for (const p of ring) {
    const i = 4 * p
    if (from[i + 3] !== 255 || to[i + 3] !== 255) continue
    for (let c = 0; c < 3; c++) {
      const shifted = Math.min(255, Math.max(0, from[i + c] + shift[c]))
      values[3 * known + c] = to[i + c] - shifted
    }
    const at = { x: p % rect.width, y: Math.floor(p / rect.width), width: 1, height: 1 }
    const { x, y } = turnedRect(at, rect, back)
    pixels[known++] = y * unturned.width + x
  }
  if (known === 0) return null
  const field = smoothField({
    width: unturned.width,
    height: unturned.height,
    channels: 3,
    pixels: pixels.subarray(0, known),
    values: values.subarray(0, 3 * known),
  })
  return { rect, field, quarters }
}

/**
 * Brings pixels of a patch to the picture's colours, in place; alpha stays.
 * @param part where they lie, image px
 * @param isContinued beyond what the tone was found for the correction of its edge goes on
 */
export function applyTone({ data }: RgbaImage, part: Rect, { shift, seam }: Tone, isContinued = false): void {
  if (shift !== NO_SHIFT) shiftColors({ data, width: part.width, height: part.height }, shift)
  if (!seam) return
  const { rect, field, quarters } = seam
  const corrected = movedRect(isContinued ? part : intersectRect(part, rect), -rect.x, -rect.y)
  const unturned = turnedRect(corrected, rect, turnBack(quarters))
  const size = turnedRect(rectOf(rect), rect, turnBack(quarters))
  const step = 4 * [1, part.width, -1, -part.width][quarters]
  const rows = new FieldRows(field)
  const [left, right] = [unturned.x, unturned.x + unturned.width]
  const [start, end] = [clamp(0, left, right), clamp(size.width, left, right)]
  for (let y = unturned.y; y < unturned.y + unturned.height; y++) {
    rows.moveTo(clamp(y, 0, size.height - 1))
    const first = turnedRect({ x: unturned.x, y, width: 1, height: 1 }, size, quarters)
    const at = 4 * ((first.y + rect.y - part.y) * part.width + first.x + rect.x - part.x)
    for (let x = left; x < start; x++) rows.addTo(data, at + (x - left) * step, 0, 1, step)
    rows.addTo(data, at + (start - left) * step, start, end - start, step)
    for (let x = end; x < right; x++) rows.addTo(data, at + (x - left) * step, size.width - 1, 1, step)
  }
}

function turnBack(quarters: Quarters): Quarters {
  return ((4 - quarters) % 4) as Quarters
}
