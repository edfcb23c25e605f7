import type { Size } from '../../geometry'
import { asciiAt, type FileBytes } from './fileBytes'
import { type FileColor, type ImageFacts, NO_FACTS, sizeOfBoth } from './imageFacts'

/** A chunk's place in the file. */
export interface PngChunk {
  readonly type: string
  /** Offset of its data. */
  readonly at: number
  readonly length: number
}

const SIGNATURE_BYTES = 8

/** The chunks in order, by their headers only. */
export async function* pngChunks(file: FileBytes): AsyncGenerator<PngChunk> {
  for (let at = SIGNATURE_BYTES; ;) {
    const head = await file.view(at, 8)
    if (head.byteLength < 8) return
    const length = head.getUint32(0)
    const type = asciiAt(new Uint8Array(head.buffer, head.byteOffset, 8), 4, 4)
    yield { type, at: at + 8, length }
    at += 12 + length
  }
}

/** Chunks longer than this are not read whole, bytes. */
const MAX_READ = 4 * 2 ** 20
const KNOWN = new Set(['IHDR', 'fcTL', 'tRNS', 'sRGB', 'iCCP', 'cICP', 'gAMA', 'cHRM', 'eXIf'])
const ALPHA_TYPES = new Set([4, 6])

/** Primaries and transfer function of sRGB, in the chunks' units: a hundred-thousandth. */
const SRGB_CHROMATICITIES = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]
const SRGB_GAMMA = 45455
const CHROMATICITY_SLACK = 500
const GAMMA_SLACK = 1500

/** Reads the chunks in front of the pixels. */
export async function pngFacts(file: FileBytes): Promise<ImageFacts> {
  let size: Size | null = null
  let depth = 8
  let alpha = false
  let color: FileColor = NO_FACTS.color
  let exif = false
  let isNamed = false
  let isOther = false
  for await (const { type, at, length } of pngChunks(file)) {
    if (type === 'IDAT' || type === 'IEND') break
    if (!KNOWN.has(type) || length > MAX_READ) continue
    const data = await file.view(at, length)
    if (data.byteLength < length) break
    if (type === 'IHDR' && length >= 13) {
      size = sizeAt(data, 0)
      depth = data.getUint8(8)
      alpha = ALPHA_TYPES.has(data.getUint8(9))
    } else if (type === 'fcTL' && length >= 12) size = sizeOfBoth(size, sizeAt(data, 4))
    else if (type === 'tRNS') alpha = true
    else if (type === 'eXIf') exif = true
    else if (type === 'sRGB') isNamed = true
    else if (type === 'iCCP') color = iccpColor(new Uint8Array(data.buffer, data.byteOffset, length))
    else if (type === 'cICP') isOther = data.getUint8(0) !== 1 || data.getUint8(1) !== 13
    else if (type === 'gAMA') isOther ||= !isNear(data.getUint32(0), SRGB_GAMMA, GAMMA_SLACK)
    else if (type === 'cHRM' && length >= 32)
      isOther ||= SRGB_CHROMATICITIES.some(
        (value, i) => !isNear(data.getUint32(4 * i), value, CHROMATICITY_SLACK),
      )
  }
  if (isOther && !isNamed && color.kind === 'none') color = { kind: 'other' }
  return { ...NO_FACTS, size, depth: Math.max(8, depth), alpha, color, exif }
}

function sizeAt(data: DataView, at: number): Size {
  return { width: data.getUint32(at), height: data.getUint32(at + 4) }
}

function isNear(value: number, wanted: number, slack: number): boolean {
  return Math.abs(value - wanted) <= slack
}

/** A name of up to 79 letters, 0, the method, then the deflated profile. */
function iccpColor(data: Uint8Array<ArrayBuffer>): FileColor {
  const name = data.indexOf(0)
  if (name < 1 || name > 79) return NO_FACTS.color
  return { kind: 'icc', bytes: data.slice(name + 2), deflated: true }
}
