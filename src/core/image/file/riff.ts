import { asciiAt, joinBytes } from './fileBytes'

/** Flags of a WebP's VP8X chunk. */
export const WEBP_ICC = 0x20
const WEBP_ALPHA = 0x10
export const WEBP_EXIF = 0x08
export const WEBP_XMP = 0x04

interface RiffChunk {
  readonly type: string
  /** With its head and its padding. */
  readonly bytes: Uint8Array
}

/**
 * The chunks of a WebP without VP8X, and what VP8X holds; a simple file gets the one that it lacks.
 * @param bytes a whole WebP, as an encoder wrote it
 */
export function readRiff(bytes: Uint8Array<ArrayBuffer>): { head: Uint8Array; chunks: RiffChunk[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let head: Uint8Array | null = null
  const chunks: RiffChunk[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const type = asciiAt(bytes, at, 4)
    const length = view.getUint32(at + 4, true)
    const chunk = bytes.subarray(at, at + 8 + length + (length & 1))
    if (type === 'VP8X') head = chunk.slice(8, 18)
    else chunks.push({ type, bytes: chunk })
    at += chunk.length
  }
  return { head: head ?? extendedHead(chunks[0]?.bytes ?? new Uint8Array(0)), chunks }
}

/** @returns a copy with the flags set */
export function withFlags(head: Uint8Array, flags: number): Uint8Array {
  const out = head.slice()
  out[0] |= flags
  return out
}

/** A WebP of VP8X and the chunks behind it. */
export function webpOf(head: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = joinBytes([riffChunk('VP8X', head), ...chunks])
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

/** A chunk with its length, padded to an even one. @param type four letters */
export function riffChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
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
