import { type Deflate, pngChunk } from '../png'
import type { IccProfile } from '../raster'
import { asciiAt, joinBytes } from './fileBytes'

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

const WEBP_ICC = 0x20
const WEBP_ALPHA = 0x10

function webpWithProfile(bytes: Uint8Array<ArrayBuffer>, profile: IccProfile): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let head: Uint8Array<ArrayBuffer> | null = null
  const rest: Uint8Array[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const type = asciiAt(bytes, at, 4)
    const length = view.getUint32(at + 4, true)
    const chunk = bytes.subarray(at, at + 8 + length + (length & 1))
    if (type === 'VP8X') head = chunk.slice(8, 18)
    else if (type !== 'ICCP') rest.push(chunk)
    at += chunk.length
  }
  head ??= extendedHead(rest[0] ?? new Uint8Array(0))
  head[0] |= WEBP_ICC
  const body = joinBytes([riffChunk('VP8X', head), riffChunk('ICCP', profile), ...rest])
  return joinBytes([riffHead(body.length), body])
}

/** The header that a simple file lacks: flags, and the size of its only chunk. */
function extendedHead(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const out = new Uint8Array(10)
  const lossless = asciiAt(chunk, 0, 4) === 'VP8L'
  const bits = lossless ? view.getUint32(9, true) : 0
  const width = lossless ? bits & 0x3fff : (view.getUint16(14, true) & 0x3fff) - 1
  const height = lossless ? (bits >>> 14) & 0x3fff : (view.getUint16(16, true) & 0x3fff) - 1
  out[0] = lossless && bits & (1 << 28) ? WEBP_ALPHA : 0
  for (let i = 0; i < 3; i++) {
    out[4 + i] = (width >> (8 * i)) & 255
    out[7 + i] = (height >> (8 * i)) & 255
  }
  return out
}

function riffChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(8 + data.length + (data.length & 1))
  out.set(new TextEncoder().encode(type))
  new DataView(out.buffer).setUint32(4, data.length, true)
  out.set(data, 8)
  return out
}

function riffHead(length: number): Uint8Array<ArrayBuffer> {
  const out = new TextEncoder().encode('RIFF....WEBP')
  new DataView(out.buffer).setUint32(4, length + 4, true)
  return out
}
