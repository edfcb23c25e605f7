import { type Deflate, pngChunk } from '../png'
import type { IccProfile } from '../raster'
import { asciiAt, joinBytes } from './fileBytes'
import { readRiff, riffChunk, WEBP_ICC, webpOf, withFlags } from './riff'

/**
 * Puts a profile into an encoded picture, in place of the one that it has.
 * @param bytes a whole PNG, JPEG or WebP, as an encoder wrote it
 * @param type MIME type
 * @returns `bytes` where the format is another
 */
export async function withProfile(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  profile: IccProfile,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  if (type === 'image/png') return pngWithProfile(bytes, await deflate(profile))
  if (type === 'image/jpeg') return jpegWithProfile(bytes, profile)
  return type === 'image/webp' ? webpWithProfile(bytes, profile) : bytes
}

const PNG_START = 8 + 25
const PNG_COLORS = new Set(['iCCP', 'sRGB', 'gAMA', 'cHRM', 'cICP'])
const PNG_NAME = new TextEncoder().encode('ICC profile\0\0')

function pngWithProfile(bytes: Uint8Array<ArrayBuffer>, deflated: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.subarray(0, PNG_START), pngChunk('iCCP', joinBytes([PNG_NAME, deflated]))]
  let at = PNG_START
  while (at + 12 <= bytes.length) {
    const type = asciiAt(bytes, at + 4, 4)
    if (type === 'IDAT') break
    const end = at + 12 + view.getUint32(at)
    if (!PNG_COLORS.has(type)) parts.push(bytes.subarray(at, end))
    at = end
  }
  return joinBytes([...parts, bytes.subarray(at)])
}

const ICC_MARK = new TextEncoder().encode('ICC_PROFILE\0')
/** A segment's length, with its own two bytes, fits in 16 bits; the mark and two numbers stand before the data. */
const JPEG_PART = 65535 - 2 - ICC_MARK.length - 2

function jpegWithProfile(bytes: Uint8Array<ArrayBuffer>, profile: IccProfile): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.ceil(profile.length / JPEG_PART)
  const segments = Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(i * JPEG_PART, (i + 1) * JPEG_PART)
    const length = 2 + ICC_MARK.length + 2 + part.length
    return joinBytes([
      Uint8Array.of(0xff, 0xe2, length >> 8, length & 255),
      ICC_MARK,
      Uint8Array.of(i + 1, count),
      part,
    ])
  })
  const kept: Uint8Array[] = []
  let at = 2
  // The application segments in front; JFIF has to stay first.
  while (bytes[at] === 0xff && bytes[at + 1] >= 0xe0 && bytes[at + 1] <= 0xef) {
    const end = at + 2 + view.getUint16(at + 2)
    const isProfile = bytes[at + 1] === 0xe2 && ICC_MARK.every((byte, i) => bytes[at + 4 + i] === byte)
    if (!isProfile) kept.push(bytes.subarray(at, end))
    at = end
  }
  return joinBytes([bytes.subarray(0, 2), ...kept, ...segments, bytes.subarray(at)])
}

function webpWithProfile(bytes: Uint8Array<ArrayBuffer>, profile: IccProfile): Uint8Array<ArrayBuffer> {
  const { head, chunks } = readRiff(bytes)
  const others = chunks.filter(({ type }) => type !== 'ICCP').map(({ bytes: chunk }) => chunk)
  return webpOf(withFlags(head, WEBP_ICC), [riffChunk('ICCP', profile), ...others])
}
