import { intersectRect, isEmptyRect, rectOf, type Rect, type Size } from '../geometry'
import { pasteBack } from '../image/composite'
import {
  createRgba,
  cropRgba,
  type GrayImage,
  pasteInto,
  type RgbaImage,
  withProfileOf,
} from '../image/raster'
import { coverageBounds, coverageMask } from './coverage'
import type { Patch, PictureDocument, PixelKey } from './document'
import { type ColorShift, colorShift, shiftColors } from './matchColor'

/** The decoded pixels of a key: of the base by its file's key, upright; of a patch in its rectangle's size. */
export type PixelsOf = (key: PixelKey) => RgbaImage

/**
 * The picture as the document shows it: the base with its visible patches over it, bottom first, each blended by its
 * coverage as `pasteBack` does. Where no coverage reaches, every byte is the base's, alpha and hidden colour too.
 * Composing a rectangle in parts gives the bytes of the whole; the cost follows the patches in it.
 * @param rect image px; transparent black where it reaches beyond base and patches
 * @param pixelsOf only asked for the patches that change something in `rect`
 * @returns straight alpha, `rect`'s size
 * @throws RangeError where pixels have another size than the document says
 */
export function composeRegion(
  { base, patches }: Pick<PictureDocument, 'base' | 'patches'>,
  rect: Rect,
  pixelsOf: PixelsOf,
): RgbaImage {
  const visible = patches.filter((patch) => patch.visible)
  const shifts = new Map<Patch, ColorShift>()

  const compose = (count: number, over: Rect): RgbaImage => {
    const out = baseOver(base, over, pixelsOf)
    for (let i = 0; i < count; i++) {
      const patch = visible[i]
      const part = intersectRect(coverageBounds(patch), over)
      if (isEmptyRect(part) || patch.blend.opacity === 0) continue
      const pixels = patchOver(patch, part, pixelsOf)
      if (patch.blend.matchColor) shiftColors(pixels, shiftOf(patch, i))
      const at = { ...part, x: part.x - over.x, y: part.y - over.y }
      const mask = faded(coverageMask(patch, part), patch.blend.opacity)
      pasteInto(out, pasteBack(out, pixels, mask, at), at.x, at.y)
    }
    return out
  }

  // A shift depends on the patches below only: it is found once, however many patches ask for it.
  const shiftOf = (patch: Patch, place: number): ColorShift => {
    const known = shifts.get(patch)
    if (known) return known
    const shift = colorShift(
      patch,
      (around) => patchOver(patch, around, pixelsOf),
      (around) => compose(place, around),
    )
    shifts.set(patch, shift)
    return shift
  }

  return compose(visible.length, rect)
}

/** The base's own bytes over `rect`; transparent black outside the base. */
function baseOver(base: PictureDocument['base'], rect: Rect, pixelsOf: PixelsOf): RgbaImage {
  const out = createRgba(rect.width, rect.height)
  const inside = intersectRect(rect, rectOf(base))
  if (isEmptyRect(inside)) return out
  const pixels = pixelsOf(base.key)
  checkSize(pixels, base, base.key)
  pasteInto(out, cropRgba(pixels, inside), inside.x - rect.x, inside.y - rect.y)
  return withProfileOf(pixels, out)
}

/** A copy of the patch's pixels over `part`, which lies inside it. */
function patchOver({ pixels: key, rect }: Patch, part: Rect, pixelsOf: PixelsOf): RgbaImage {
  const pixels = pixelsOf(key)
  checkSize(pixels, rect, key)
  return cropRgba(pixels, { ...part, x: part.x - rect.x, y: part.y - rect.y })
}

function checkSize(pixels: RgbaImage, { width, height }: Size, key: PixelKey): void {
  if (pixels.width !== width || pixels.height !== height)
    throw new RangeError(`${key} is ${pixels.width} x ${pixels.height}, not ${width} x ${height}`)
}

/** Coverage at an opacity in percents, rounded to the nearest. */
function faded(coverage: GrayImage, opacity: number): GrayImage {
  if (opacity === 100) return coverage
  return { ...coverage, data: coverage.data.map((value) => Math.floor((value * opacity + 50) / 100)) }
}
