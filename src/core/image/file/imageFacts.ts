import type { Size } from '../../geometry'

/** What a picture's file says about it before it is decoded. */
export interface ImageFacts {
  /** As stored, before the EXIF orientation is applied; the largest of its frames. null: the file has none. */
  readonly size: Size | null
  /** Pixels may be transparent. */
  readonly alpha: boolean
  /** Bits per channel. */
  readonly depth: number
  readonly color: FileColor
  /** Its EXIF may turn the pixels; told of a PNG only. */
  readonly exif: boolean
  /** Its end is missing. */
  readonly truncated: boolean
  /** What the file says its length is, bytes; 0 where it says none. */
  readonly length: number
}

/** The colour space that a file names. */
export type FileColor =
  /** None, or sRGB. */
  | { readonly kind: 'none' }
  /** An ICC profile of RGB values; of a PNG still deflated. */
  | { readonly kind: 'icc'; readonly bytes: Uint8Array<ArrayBuffer>; readonly deflated: boolean }
  /** Another one, which only the browser converts. */
  | { readonly kind: 'other' }

export const NO_FACTS: ImageFacts = {
  size: null,
  alpha: false,
  depth: 8,
  color: { kind: 'none' },
  exif: false,
  truncated: false,
  length: 0,
}

/** The smallest size that holds both. */
export function sizeOfBoth(a: Size | null, b: Size): Size {
  return a ? { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) } : b
}

const RGB_SPACE = 0x52474220

/** The colour of an ICC profile: one for grey or CMYK values does not fit the RGB values that are worked with. */
export function iccColor(bytes: Uint8Array<ArrayBuffer>): FileColor {
  if (bytes.length < 128) return { kind: 'none' }
  const space = new DataView(bytes.buffer, bytes.byteOffset).getUint32(16)
  return space === RGB_SPACE ? { kind: 'icc', bytes: bytes.slice(), deflated: false } : { kind: 'other' }
}
