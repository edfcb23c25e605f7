import type { Size } from '../../geometry'
import { asciiAt, type FileBytes } from './fileBytes'
import { type FileColor, iccColor, type ImageFacts, NO_FACTS, sizeOfBoth } from './imageFacts'

/** Boxes that describe the pictures. */
const DESCRIBING = new Set(['meta', 'moov'])
/** Longer descriptions are not searched to their end, bytes. */
const MAX_READ = 16 * 2 ** 20

/** Searches the boxes that describe the pictures of an AVIF, wherever they stand. */
export async function isoFacts(file: FileBytes): Promise<ImageFacts> {
  let facts = NO_FACTS
  for (let at = 0; ;) {
    const head = await file.view(at, 16)
    if (head.byteLength < 8) return facts
    const short = head.getUint32(0)
    // 1: the length follows in 64 bits; 0: to the end of the file.
    const length =
      short === 1 && head.byteLength === 16
        ? Number(head.getBigUint64(8))
        : short === 0
          ? file.length - at
          : short
    if (length < 8) return facts
    if (DESCRIBING.has(asciiAt(new Uint8Array(head.buffer, head.byteOffset, 8), 4, 4))) {
      facts = search(await file.bytes(at, Math.min(length, MAX_READ)), facts)
    }
    at += length
  }
}

/** Takes sizes (`ispe`), alpha (`auxC`), depth (`pixi`) and profile (`colr`) from wherever they are nested. */
function search(bytes: Uint8Array<ArrayBuffer>, known: ImageFacts): ImageFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size: Size | null = known.size
  let { alpha, depth, color } = known
  for (let at = 4; at + 16 <= bytes.length; at++) {
    const name = view.getUint32(at)
    if (name === ISPE)
      size = sizeOfBoth(size, { width: view.getUint32(at + 8), height: view.getUint32(at + 12) })
    else if (name === AUXC) alpha = true
    else if (name === PIXI) depth = Math.max(depth, bytes[at + 9])
    else if (name === COLR) color = colrColor(view, at, color)
  }
  return { ...known, size, alpha, depth, color }
}

/** @param at of the box's name */
function colrColor(view: DataView<ArrayBuffer>, at: number, color: FileColor): FileColor {
  const kind = view.getUint32(at + 4)
  if (kind === PROF || kind === RICC) {
    const end = Math.min(view.byteLength, at - 4 + view.getUint32(at - 4))
    return iccColor(new Uint8Array(view.buffer, view.byteOffset + at + 8, Math.max(0, end - at - 8)))
  }
  // Primaries of BT.709 or unspecified; the transfer function of sRGB, BT.709 or unspecified.
  const isSrgb = [1, 2].includes(view.getUint16(at + 8)) && [1, 2, 13].includes(view.getUint16(at + 10))
  return kind === NCLX && color.kind === 'none' && !isSrgb ? { kind: 'other' } : color
}

const ISPE = 0x69737065
const AUXC = 0x61757843
const PIXI = 0x70697869
const COLR = 0x636f6c72
const PROF = 0x70726f66
const RICC = 0x72494343
const NCLX = 0x6e636c78
