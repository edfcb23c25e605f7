import type { LinkedSource, Patch } from '../../core/document/document'
import type { Tone } from '../../core/document/tone'
import type { Rect, Size } from '../../core/geometry'
import type { RgbaImage } from '../../core/image/raster'
import type { PictureNotice } from '../../platform/codecApi'

/** A decoded picture: upright pixels and what draws them. */
export interface SourceImage {
  /** Of its stored file. */
  readonly key: string
  /** Says whether results are kept over it. */
  readonly name: string
  /** With what is kept: read its size with `pictureSize` and parts of it with `readPicture`, which copy less. */
  readonly pixels: RgbaImage
  /** Of the file, without what is kept: full size first, each next half as large. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** The file shows more than the pixels: it was scaled down, or opened in part. */
  readonly altered?: true
  /** The bytes it was opened from; null where the picture shows something else. */
  readonly file: Blob | null
  /** The file that it was turned from, which says when and with what it was taken; left out where it was not turned. */
  readonly turnedFrom?: Blob
  /** How a link names it. */
  readonly link: LinkedSource
  /** Left out where nothing is kept. */
  readonly applied?: Applied
}

/** Frees the bitmaps; they may be drawn no more. */
export function closeLevels(levels: readonly ImageBitmap[]): void {
  for (const level of levels) level.close()
}

/** The file that holds what the camera said; null where there is none. */
export function cameraFile(source: SourceImage): Blob | null {
  const base = baseOf(source)
  return base.turnedFrom ?? base.file
}

/** For a picture that is made by turning this one. */
export function fromTurned(source: SourceImage): Pick<SourceImage, 'turnedFrom'> {
  const file = cameraFile(source)
  return file ? { turnedFrom: file } : {}
}

/** What a patch makes of a part of the picture below it: it replaces the pixels of its rectangle. */
export interface PatchLayer {
  /** Image px. */
  readonly rect: Rect
  /** Of the rectangle's size. */
  readonly crop: RgbaImage
  /** Bitmaps of `crop`, full size first. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** How its colours were brought to the picture's; left out where they stayed as they are. */
  readonly tone?: Tone
}

/** A kept result, and what it comes to. */
export interface ShownPatch {
  readonly patch: Patch
  /** Beside each other; none where it changes nothing. */
  readonly layers: readonly PatchLayer[]
  /** Its pixels are gone from this device. */
  readonly isMissing: boolean
}

/** Kept results over the picture they change, bottom first. */
export interface Applied {
  readonly base: SourceImage
  readonly patches: readonly ShownPatch[]
}

/** The picture that was opened, without what is kept over it. */
export function baseOf(source: SourceImage): SourceImage {
  return source.applied?.base ?? source
}

/** Of the picture without its kept results, px: reading it copies no pixels. */
export function pictureSize(source: SourceImage): Size {
  const { width, height } = baseOf(source).pixels
  return { width, height }
}

/** The kept results with what they come to, bottom first. */
export function shownPatches(source: SourceImage): readonly ShownPatch[] {
  return source.applied?.patches ?? []
}

const listed = new WeakMap<SourceImage, readonly Patch[]>()

/** The kept results, bottom first: the same list for one picture. */
export function patchesOf(source: SourceImage): readonly Patch[] {
  const known = listed.get(source) ?? shownPatches(source).map(({ patch }) => patch)
  listed.set(source, known)
  return known
}

/** 8 bits a channel show the whole file; the other notices are about less than that. */
export function alteredBy(notices: readonly PictureNotice[]): Pick<SourceImage, 'altered'> {
  return notices.some(({ code }) => code !== 'picture-depth') ? { altered: true } : {}
}
