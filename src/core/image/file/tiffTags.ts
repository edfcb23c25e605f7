import type { FileBytes } from './fileBytes'
import { iccColor, type ImageFacts, NO_FACTS } from './imageFacts'

/** Tags of the first picture in a TIFF. */
export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
  profile: 34675,
} as const

const WANTED = new Set<number>(Object.values(TAG))
/** Bytes of one value, by type: BYTE, SHORT, LONG, UNDEFINED. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1 }
/** A longer list of values is none that a picture needs. */
const MAX_VALUES = 4 * 2 ** 20

export interface TiffTags {
  readonly littleEndian: boolean
  readonly values: ReadonlyMap<number, readonly number[]>
}

/** @returns the first value of a tag, `fallback` where it has none */
export function tagOf({ values }: TiffTags, tag: number, fallback: number): number {
  return values.get(tag)?.[0] ?? fallback
}

/** @returns null where the file is no TIFF of 32-bit offsets */
export async function readTiffTags(file: FileBytes): Promise<TiffTags | null> {
  const head = await file.view(0, 8)
  if (head.byteLength < 8) return null
  const littleEndian = head.getUint8(0) === 0x49
  if (head.getUint16(2, littleEndian) !== 42) return null
  const start = head.getUint32(4, littleEndian)
  const counted = await file.view(start, 2)
  if (counted.byteLength < 2) return null
  const count = counted.getUint16(0, littleEndian)
  const values = new Map<number, readonly number[]>()
  for (let i = 0; i < count; i++) {
    const entry = await file.view(start + 2 + 12 * i, 12)
    if (entry.byteLength < 12) break
    const tag = entry.getUint16(0, littleEndian)
    const type = entry.getUint16(2, littleEndian)
    const size = TYPE_BYTES[type]
    const number = entry.getUint32(4, littleEndian)
    if (!WANTED.has(tag) || size === undefined || number > MAX_VALUES) continue
    const length = size * number
    const at = length <= 4 ? start + 2 + 12 * i + 8 : entry.getUint32(8, littleEndian)
    values.set(tag, valuesIn(await file.view(at, length), size, littleEndian))
  }
  return { littleEndian, values }
}

function valuesIn(view: DataView, size: number, littleEndian: boolean): number[] {
  return Array.from({ length: Math.floor(view.byteLength / size) }, (_, i) => {
    if (size === 1) return view.getUint8(i)
    return size === 2 ? view.getUint16(2 * i, littleEndian) : view.getUint32(4 * i, littleEndian)
  })
}

/** Alpha among the extra samples: with colours weighted by it, or not. */
export const ASSOCIATED = 1
export const UNASSOCIATED = 2

export async function tiffFacts(file: FileBytes): Promise<ImageFacts> {
  const tags = await readTiffTags(file)
  if (!tags) return NO_FACTS
  const { values } = tags
  const size = { width: tagOf(tags, TAG.width, 0), height: tagOf(tags, TAG.height, 0) }
  const extra = values.get(TAG.extraSamples) ?? []
  const profile = values.get(TAG.profile)
  return {
    ...NO_FACTS,
    size: size.width > 0 && size.height > 0 ? size : null,
    depth: Math.max(8, ...(values.get(TAG.bits) ?? []).slice(0, 16)),
    alpha: extra.includes(ASSOCIATED) || extra.includes(UNASSOCIATED),
    color: profile ? iccColor(Uint8Array.from(profile)) : NO_FACTS.color,
  }
}
