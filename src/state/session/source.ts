import type { LinkedSource } from '../../core/document/document'
import { intersectRect, isEmptyRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { cropRgba, overlayRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { AttachedChange } from '../../editor/undoStep'
import { editedName } from './pictureName'

/** A decoded picture: upright pixels and what draws them. */
export interface SourceImage {
  /** Of its stored file. */
  readonly key: string
  readonly name: string
  /** With what was applied: read its size with `pictureSize` and parts of it with `readPicture`, which copy less. */
  readonly pixels: RgbaImage
  /** Of the file, without what was applied: full size first, each next half as large. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** The file shows more than the pixels: it was scaled down, or opened in part. */
  readonly altered?: true
  /** The bytes it was opened from; null where results were applied to it. */
  readonly file: Blob | null
  /** How a link names it. */
  readonly link: LinkedSource
  /** Left out where nothing was applied. */
  readonly applied?: Applied
}

export function closeLevels(levels: readonly ImageBitmap[]): void {
  for (const level of levels) level.close()
}

/** A result that was applied: it replaces the pixels of its rectangle. */
export interface AppliedPatch {
  /** The key of the picture that it makes. */
  readonly id: string
  /** Image px, inside the picture. */
  readonly rect: Rect
  /** Of the rectangle's size. */
  readonly crop: RgbaImage
  /** Bitmaps of `crop`, full size first. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
}

/** Applied results over the picture they were applied to, bottom first. */
export interface Applied {
  readonly base: SourceImage
  readonly patches: readonly AppliedPatch[]
}

/** The undo step of an applied result. */
export class PatchChange implements AttachedChange {
  readonly patch: AppliedPatch
  readonly bytes: number
  readonly undo: () => void
  readonly redo: () => void

  constructor(patch: AppliedPatch, undo: () => void, redo: () => void) {
    this.patch = patch
    this.bytes = 2 * patch.crop.data.length
    this.undo = undo
    this.redo = redo
  }
}

/** The picture that was opened, without what was applied since. */
export function baseOf(source: SourceImage): SourceImage {
  return source.applied?.base ?? source
}

export function pictureSize(source: SourceImage): Size {
  const { width, height } = baseOf(source).pixels
  return { width, height }
}

/** The keys of the picture as opened and after each applied result. */
export function lineOf(source: SourceImage): readonly string[] {
  return [baseOf(source).key, ...(source.applied?.patches ?? []).map(({ id }) => id)]
}

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
