import type { FileBytes } from './fileBytes'
import { type ImageFacts, NO_FACTS } from './imageFacts'

/** Of the header that OS/2 wrote, bytes. */
const SMALL_HEADER = 12

export async function bmpFacts(file: FileBytes): Promise<ImageFacts> {
  const head = await file.view(0, 30)
  if (head.byteLength < 26) return NO_FACTS
  if (head.getUint32(14, true) === SMALL_HEADER) {
    return { ...NO_FACTS, size: { width: head.getUint16(18, true), height: head.getUint16(20, true) } }
  }
  const size = { width: Math.abs(head.getInt32(18, true)), height: Math.abs(head.getInt32(22, true)) }
  return { ...NO_FACTS, size, alpha: head.byteLength >= 30 && head.getUint16(28, true) === 32 }
}
