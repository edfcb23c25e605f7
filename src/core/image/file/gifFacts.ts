import type { Size } from '../../geometry'
import type { FileBytes } from './fileBytes'
import { type ImageFacts, NO_FACTS, sizeOfBoth } from './imageFacts'

const EXTENSION = 0x21
const IMAGE = 0x2c
const GRAPHIC_CONTROL = 0xf9

/** Walks all frames: one may be larger than the screen that the header names. */
export async function gifFacts(file: FileBytes): Promise<ImageFacts> {
  const head = await file.view(0, 13)
  if (head.byteLength < 13) return NO_FACTS
  let size: Size = { width: head.getUint16(6, true), height: head.getUint16(8, true) }
  let alpha = false
  let frames = 0
  let at = 13 + tableBytes(head.getUint8(10))
  for (;;) {
    const block = await file.view(at, 10)
    if (block.byteLength < 2) break
    const kind = block.getUint8(0)
    if (kind === EXTENSION) {
      if (block.getUint8(1) === GRAPHIC_CONTROL && block.byteLength > 3)
        alpha ||= (block.getUint8(3) & 1) !== 0
      at += 2
    } else if (kind === IMAGE && block.byteLength === 10) {
      const [left, top, width, height] = [1, 3, 5, 7].map((place) => block.getUint16(place, true))
      size = sizeOfBoth(size, { width: left + width, height: top + height })
      // The least code size stands before the data.
      at += 10 + tableBytes(block.getUint8(9)) + 1
    } else break
    for (;;) {
      const [length] = await file.bytes(at, 1)
      if (length === undefined) return { ...NO_FACTS, size, alpha, truncated: frames === 0 }
      at += 1 + length
      if (length === 0) break
    }
    if (kind === IMAGE) frames++
  }
  return { ...NO_FACTS, size, alpha, truncated: frames === 0 }
}

/** Of a colour table, by the flags in front of it. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}
