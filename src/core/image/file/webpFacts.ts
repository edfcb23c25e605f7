import type { Size } from '../../geometry'
import { asciiAt, type FileBytes } from './fileBytes'
import { type FileColor, iccColor, type ImageFacts, NO_FACTS, sizeOfBoth } from './imageFacts'

/** Bits of VP8X. */
const ALPHA = 0x10
/** Size, duration and flags of an animation's frame, before its own chunks. */
const FRAME_HEAD = 16

/** Walks all chunks: a frame may be larger than the canvas that the header names. */
export async function webpFacts(file: FileBytes): Promise<ImageFacts> {
  const head = await file.view(0, 12)
  if (head.byteLength < 12) return NO_FACTS
  const total = head.getUint32(4, true) + 8
  let size: Size | null = null
  let alpha = false
  let color: FileColor = NO_FACTS.color
  for (let at = 12; ;) {
    const chunk = await file.view(at, 8)
    if (chunk.byteLength < 8) break
    const type = asciiAt(new Uint8Array(chunk.buffer, chunk.byteOffset, 8), 0, 4)
    const length = chunk.getUint32(4, true)
    const data = await file.view(at + 8, Math.min(length, FRAME_HEAD))
    const own = sizeOf(type, data)
    if (own) size = sizeOfBoth(size, own)
    if (type === 'VP8X' && data.byteLength > 0) alpha = (data.getUint8(0) & ALPHA) !== 0
    else if (type === 'VP8L' && data.byteLength >= 5) alpha ||= (data.getUint32(1, true) & (1 << 28)) !== 0
    else if (type === 'ICCP' && length < 2 ** 24) color = iccColor(await file.bytes(at + 8, length))
    at += type === 'ANMF' ? 8 + FRAME_HEAD : 8 + length + (length & 1)
  }
  return { ...NO_FACTS, size, alpha, color, truncated: total > file.length, length: total }
}

function sizeOf(type: string, data: DataView): Size | null {
  const u24 = (at: number) => data.getUint16(at, true) + data.getUint8(at + 2) * 65536
  if (type === 'VP8X' && data.byteLength >= 10) return { width: u24(4) + 1, height: u24(7) + 1 }
  if (type === 'ANMF' && data.byteLength >= 12) return { width: u24(6) + 1, height: u24(9) + 1 }
  if (type === 'VP8L' && data.byteLength >= 5) {
    const bits = data.getUint32(1, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (type === 'VP8 ' && data.byteLength >= 10) {
    return { width: data.getUint16(6, true) & 0x3fff, height: data.getUint16(8, true) & 0x3fff }
  }
  return null
}
