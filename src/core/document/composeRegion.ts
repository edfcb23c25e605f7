import { intersectRect, isEmptyRect, movedRect, rectOf, type Rect, type Size } from '../geometry'
import { createRgba, cropRgba, pasteInto, type RgbaImage, withProfileOf } from '../image/raster'
import { turnRgba } from '../image/rotate'
import { blendedPart, changedPart } from './composePatch'
import type { Patch, PictureDocument, PixelKey } from './document'
import { type Tone, toneOf } from './tone'
import { pixelQuarters } from './turnPatch'

/** The decoded pixels of a key: of the base by its file's key, upright; of a patch in the size that its rectangle had as it was made. */
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
  const tones = new Map<Patch, Tone>()

  const compose = (count: number, over: Rect): RgbaImage => {
    const out = baseOver(base, over, pixelsOf)
    for (let i = 0; i < count; i++) {
      const patch = visible[i]
      const part = changedPart(patch, over)
      if (isEmptyRect(part)) continue
      const pixels = patchOver(patch, part, pixelsOf, base.key)
      const tone = toneAt(patch, i)
      const at = movedRect(part, -over.x, -over.y)
      pasteInto(out, blendedPart(patch, part, pixels, cropRgba(out, at), tone), at.x, at.y)
    }
    return out
  }

  // A tone depends on the patches below only: it is found once, however many patches ask for it.
  const toneAt = (patch: Patch, place: number): Tone => {
    const known = tones.get(patch)
    if (known) return known
    const tone = toneOf(
      patch,
      (around) => patchOver(patch, around, pixelsOf, base.key),
      (around) => compose(place, around),
    )
    tones.set(patch, tone)
    return tone
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
function patchOver(patch: Patch, part: Rect, pixelsOf: PixelsOf, base: PixelKey): RgbaImage {
  const { pixels: key, rect } = patch
  const pixels = turnRgba(pixelsOf(key), pixelQuarters(patch, base))
  checkSize(pixels, rect, key)
  return cropRgba(pixels, { ...part, x: part.x - rect.x, y: part.y - rect.y })
}

function checkSize(pixels: RgbaImage, { width, height }: Size, key: PixelKey): void {
  if (pixels.width !== width || pixels.height !== height)
    throw new RangeError(`${key} is ${pixels.width} x ${pixels.height}, not ${width} x ${height}`)
}
