import { intersectRect, isEmptyRect, type Rect, rectOf } from '../../core/geometry'
import { cropRgba, overlayRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import { editedName } from './pictureName'
import { type AppliedPatch, baseOf, pictureSize, type SourceImage } from './source'

/** The picture with one more result over it; nothing is copied. */
export function withPatch(source: SourceImage, patch: AppliedPatch): SourceImage {
  const base = baseOf(source)
  const patches = [...(source.applied?.patches ?? []), patch]
  const name = editedName(base.name)
  // Some need all of it; it is made again where nobody has held it for a while.
  let whole: WeakRef<RgbaImage> | null = null
  return {
    ...base,
    key: patch.id,
    name,
    get pixels() {
      const held = whole?.deref()
      if (held) return held
      const made = flatten(base.pixels, patches)
      whole = new WeakRef(made)
      return made
    },
    file: null,
    link: { kind: 'file', name, sha256: null },
    applied: { base, patches },
  }
}

/** A copy of a part of the picture, with what was applied. @see cropRgba */
export function readPicture(source: SourceImage, rect: Rect): RgbaImage {
  const { applied } = source
  const isInside = isSameRect(intersectRect(rect, rectOf(pictureSize(source))), rect)
  if (!applied || !isInside) return cropRgba(source.pixels, rect)
  const out = cropRgba(applied.base.pixels, rect)
  for (const patch of applied.patches) {
    const part = intersectRect(patch.rect, rect)
    if (isEmptyRect(part)) continue
    const from = { ...part, x: part.x - patch.rect.x, y: part.y - patch.rect.y }
    pasteInto(out, cropRgba(patch.crop, from), part.x - rect.x, part.y - rect.y)
  }
  return out
}

function isSameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

function flatten(base: RgbaImage, patches: readonly AppliedPatch[]): RgbaImage {
  const [first, ...others] = patches
  const out = overlayRgba(base, first.crop, first.rect.x, first.rect.y)
  for (const { crop, rect } of others) pasteInto(out, crop, rect.x, rect.y)
  return out
}
