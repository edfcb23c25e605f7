import { asciiAt, joinBytes } from '../file/fileBytes'
import { readRiff, riffChunk, WEBP_EXIF, WEBP_XMP, webpOf, withFlags } from '../file/riff'
import { pngChunk } from '../png'
import { type About, SOFTWARE } from './about'
import { xmpPacket } from './xmp'

/** What goes into a file beside pixels and colour profile. */
export interface Metadata {
  /** As `cleanExif` made it; null for none. */
  readonly exif: Uint8Array | null
  readonly about: About | null
}

/** Names what this page reads again in a PNG. */
export const PNG_DOCUMENT_KEY = 'pentimento'
export const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0'
export const EXIF_MARK = 'Exif\0\0'

/**
 * Puts metadata into an encoded picture that has none.
 * @param bytes a whole PNG, JPEG or WebP, as an encoder wrote it
 * @param type MIME type
 * @returns `bytes` where the format is another
 */
export function withMetadata(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  metadata: Metadata,
): Uint8Array<ArrayBuffer> {
  if (!metadata.exif && !metadata.about) return bytes
  if (type === 'image/png') return pngWith(bytes, metadata)
  if (type === 'image/jpeg') return jpegWith(bytes, metadata)
  return type === 'image/webp' ? webpWith(bytes, metadata) : bytes
}

/** Signature and header. */
const PNG_START = 8 + 25

function pngWith(bytes: Uint8Array<ArrayBuffer>, { exif, about }: Metadata): Uint8Array<ArrayBuffer> {
  const texts: [string, string][] = about
    ? [
        ['Software', SOFTWARE],
        ['Description', about.prompt],
        ['Comment', about.parameters],
        [PNG_DOCUMENT_KEY, about.document],
      ]
    : []
  return joinBytes([
    bytes.subarray(0, PNG_START),
    ...texts.filter(([, text]) => text !== '').map(([keyword, text]) => internationalText(keyword, text)),
    ...(exif ? [pngChunk('eXIf', exif)] : []),
    bytes.subarray(PNG_START),
  ])
}

/** Not deflated; without a language. */
function internationalText(keyword: string, text: string): Uint8Array {
  const utf8 = new TextEncoder()
  return pngChunk('iTXt', joinBytes([utf8.encode(`${keyword}\0\0\0\0\0`), utf8.encode(text)]))
}

function jpegWith(bytes: Uint8Array<ArrayBuffer>, { exif, about }: Metadata): Uint8Array<ArrayBuffer> {
  // JFIF has to stay first.
  const hasJfif = bytes[2] === 0xff && bytes[3] === 0xe0
  const at = hasJfif ? 4 + ((bytes[4] << 8) | bytes[5]) : 2
  const parts = [
    ...(exif ? [jpegSegment(EXIF_MARK, exif)] : []),
    ...(about ? [jpegSegment(XMP_MARK, xmpPacket(about))] : []),
  ]
  return joinBytes([bytes.subarray(0, at), ...parts, bytes.subarray(at)])
}

/** APP1. */
function jpegSegment(mark: string, data: Uint8Array): Uint8Array {
  const length = 2 + mark.length + data.length
  const head = Uint8Array.of(0xff, 0xe1, length >> 8, length & 255)
  return joinBytes([head, new TextEncoder().encode(mark), data])
}

function webpWith(bytes: Uint8Array<ArrayBuffer>, { exif, about }: Metadata): Uint8Array<ArrayBuffer> {
  if (asciiAt(bytes, 0, 4) !== 'RIFF') return bytes
  const { head, chunks } = readRiff(bytes)
  const flags = (exif ? WEBP_EXIF : 0) | (about ? WEBP_XMP : 0)
  return webpOf(withFlags(head, flags), [
    ...chunks.map(({ bytes: chunk }) => chunk),
    ...(exif ? [riffChunk('EXIF', exif)] : []),
    ...(about ? [riffChunk('XMP ', xmpPacket(about))] : []),
  ])
}
