import type { LinkedSource } from '../../core/document/document'
import type { Rect, Size } from '../../core/geometry'
import type { RgbaImage } from '../../core/image/raster'
import type { AttachedChange } from '../../editor/undoStep'

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
