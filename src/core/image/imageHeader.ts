import type { Size } from '../geometry'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic' | 'svg'

export interface ImageHeader {
  readonly format: ImageFormat
  /** As stored, before the EXIF orientation is applied; null where the header does not tell. */
  readonly size: Size | null
}

/**
 * Reads the format and the size from the first bytes of a file, so that limits are checked before decoding.
 * @param bytes the start of the file; 256 KB is enough for nearly every JPEG
 * @returns null where the format is unknown
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ascii = (at: number, length: number) =>
    at + length <= bytes.length ? String.fromCharCode(...bytes.subarray(at, at + length)) : ''
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    const known = ascii(12, 4) === 'IHDR'
    return { format: 'png', size: known ? { width: view.getUint32(16), height: view.getUint32(20) } : null }
  }
  if (bytes.length >= 4 && bytes[0] === 0xff && bytes[1] === 0xd8) {
    return { format: 'jpeg', size: jpegSize(bytes, view) }
  }
  if (ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WEBP') return { format: 'webp', size: webpSize(bytes, view) }
  if (ascii(0, 4) === 'GIF8' && bytes.length >= 10) {
    return { format: 'gif', size: { width: view.getUint16(6, true), height: view.getUint16(8, true) } }
  }
  if (ascii(0, 2) === 'BM' && bytes.length >= 26) {
    const size = { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
    return { format: 'bmp', size }
  }
  if (ascii(4, 4) === 'ftyp') {
    const brands = ascii(8, Math.max(0, Math.min(32, bytes.length - 8)))
    if (/avi[fs]/.test(brands)) return { format: 'avif', size: avifSize(bytes, view) }
    if (/hei[cx]|mif1/.test(brands)) return { format: 'heic', size: null }
  }
  const text = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart()
  if (/^(<\?xml[^]*?>\s*)?(<!--[^]*?-->\s*|<!DOCTYPE svg[^]*?>\s*)*<svg[\s>]/i.test(text)) {
    return { format: 'svg', size: null }
  }
  return null
}

/** Walks the segments to the first frame header (SOF0..SOF15 without DHT, JPG and DAC). */
function jpegSize(bytes: Uint8Array, view: DataView): Size | null {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    if (marker === 0xda || marker === 0xd9) return null
    const standalone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
    at += standalone ? 2 : 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}

function webpSize(bytes: Uint8Array, view: DataView): Size | null {
  if (bytes.length < 30) return null
  const chunk = String.fromCharCode(...bytes.subarray(12, 16))
  if (chunk === 'VP8X') {
    const u24 = (i: number) => bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16)
    return { width: u24(24) + 1, height: u24(27) + 1 }
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  return null
}

/** The largest `ispe` (image spatial extents) property in the file's start. */
function avifSize(bytes: Uint8Array, view: DataView): Size | null {
  let best: Size | null = null
  for (let at = 4; at + 16 <= bytes.length; at++) {
    if (view.getUint32(at) !== 0x69737065) continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!best || size.width * size.height > best.width * best.height) best = size
  }
  return best
}
