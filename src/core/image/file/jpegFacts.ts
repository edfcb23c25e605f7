import type { Size } from '../../geometry'
import { asciiAt, type FileBytes, joinBytes } from './fileBytes'
import { type FileColor, iccColor, type ImageFacts, NO_FACTS } from './imageFacts'

const START_OF_SCAN = 0xda
const END = 0xd9
const APP2 = 0xe2
const ICC_MARK = 'ICC_PROFILE\0'

/**
 * Walks the segments to the frame header, however far it is, and on to the end of the scans. Bytes between segments
 * are skipped, as decoders do.
 */
export async function jpegFacts(file: FileBytes): Promise<ImageFacts> {
  let size: Size | null = null
  let depth = 8
  let components = 3
  const profile: Uint8Array<ArrayBuffer>[] = []
  let at = 2
  let scans = 0
  for (;;) {
    const marker = await nextMarker(file, at)
    if (!marker) return facts(true)
    const { code, end } = marker
    if (code === END) return facts(false)
    at = end
    if (hasNoLength(code)) continue
    const segment = await file.view(end, 2)
    if (segment.byteLength < 2) return facts(true)
    const length = Math.max(2, segment.getUint16(0))
    if (isFrame(code) && !size) {
      const frame = await file.view(end, 8)
      if (frame.byteLength < 8) return facts(true)
      depth = frame.getUint8(2)
      size = { height: frame.getUint16(3), width: frame.getUint16(5) }
      components = frame.getUint8(7)
    } else if (code === APP2) {
      const part = await file.bytes(end + 2, length - 2)
      if (asciiAt(part, 0, 12) === ICC_MARK) profile[part[12] - 1] = part.slice(14)
    } else if (code === START_OF_SCAN) scans++
    at = end + length
  }

  function facts(cut: boolean): ImageFacts {
    const whole = joinBytes(profile.filter(Boolean))
    // CMYK, which only the browser converts.
    const color: FileColor = components === 4 ? { kind: 'other' } : iccColor(whole)
    // Without a scan nothing of it can be shown.
    return { ...NO_FACTS, size: cut && scans === 0 ? null : size, depth, color, truncated: cut }
  }
}

/** The next marker: 0xFF and a code, with bytes between them skipped. */
async function nextMarker(file: FileBytes, from: number): Promise<{ code: number; end: number } | null> {
  for (let at = from; ;) {
    at = await file.indexOf(0xff, at)
    if (at < 0) return null
    const [, code] = await file.bytes(at, 2)
    if (code === undefined) return null
    // 0xFF 0x00 is a byte of a scan; 0xFF 0xFF fills.
    if (code !== 0 && code !== 0xff) return { code, end: at + 2 }
    at += code === 0 ? 2 : 1
  }
}

/** SOF0 to SOF15, which share their codes with DHT, JPG and DAC. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc
}

/** TEM, restarts and SOI. */
function hasNoLength(code: number): boolean {
  return code === 0x01 || (code >= 0xd0 && code <= 0xd8)
}
