import { asciiAt, type FileBytes } from '../file/fileBytes'
import { imageFormat } from '../file/imageFormat'
import { pngChunks } from '../file/pngFacts'
import { MAX_ABOUT_CHARS } from './about'
import { EXIF_MARK, PNG_DOCUMENT_KEY, XMP_MARK } from './withMetadata'
import { documentInXmp } from './xmp'

/** What a file carries beside pixels and colour profile; all of it is untrusted. */
export interface FoundMetadata {
  /** A TIFF structure; null where there is none. */
  readonly exif: Uint8Array | null
  /** `About.document`; null where there is none. */
  readonly document: string | null
  /** A document is there that cannot be read. */
  readonly damaged: boolean
}

/** Parts that are looked at, at most: a file of empty parts is not read for ever. */
const MAX_PARTS = 2000
/** Longer parts are none of what is looked for, bytes. */
const MAX_EXIF_BYTES = 256 * 1024
const MAX_TEXT_BYTES = 128 * 1024

interface Part {
  readonly kind: 'exif' | 'xmp' | 'text'
  /** Where its data lies. */
  readonly at: number
  readonly length: number
}

/** Reads the metadata of a PNG, JPEG or WebP by the heads of its parts: pixels are not read. */
export async function findMetadata(file: FileBytes): Promise<FoundMetadata> {
  let exif: Uint8Array | null = null
  let document: string | null | undefined = null
  for await (const { kind, at, length } of partsOf(file)) {
    const isExif = kind === 'exif'
    if (length > (isExif ? MAX_EXIF_BYTES : MAX_TEXT_BYTES)) continue
    const data = await file.bytes(at, length)
    if (data.length < length) break
    if (isExif) exif ??= withoutMark(data).slice()
    else document ??= kind === 'xmp' ? documentInXmp(data) : documentInText(data)
  }
  const fits = typeof document === 'string' && document.length <= MAX_ABOUT_CHARS
  return { exif, document: fits ? document! : null, damaged: document !== null && !fits }
}

/** Some writers put a JPEG's mark into other formats too. */
function withoutMark(data: Uint8Array): Uint8Array {
  return asciiAt(data, 0, EXIF_MARK.length) === EXIF_MARK ? data.subarray(EXIF_MARK.length) : data
}

/** A PNG's text: keyword, 0, whether it is deflated, how, language, 0, keyword in it, 0, text. Ours is plain. */
function documentInText(data: Uint8Array): string | null | undefined {
  const start = `${PNG_DOCUMENT_KEY}\0`
  if (asciiAt(data, 0, start.length) !== start) return null
  const isPlain = data.subarray(start.length, start.length + 4).every((byte) => byte === 0)
  const text = new TextDecoder().decode(data.subarray(start.length + 4))
  return isPlain && /^[\w-]+$/.test(text) ? text : undefined
}

async function* partsOf(file: FileBytes): AsyncGenerator<Part> {
  const format = imageFormat(await file.bytes(0, 1024))
  const parts = format === 'png' ? pngParts : format === 'jpeg' ? jpegParts : webpParts
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp') return
  let count = 0
  for await (const part of parts(file)) {
    if (part) yield part
    if (++count >= MAX_PARTS) return
  }
}

async function* pngParts(file: FileBytes): AsyncGenerator<Part | null> {
  for await (const { type, at, length } of pngChunks(file)) {
    if (type === 'eXIf') yield { kind: 'exif', at, length }
    else yield type === 'iTXt' ? { kind: 'text', at, length } : null
  }
}

/** The application segments stand in front of the pixels. */
async function* jpegParts(file: FileBytes): AsyncGenerator<Part | null> {
  for (let at = 2; ;) {
    const head = await file.view(at, 4)
    if (head.byteLength < 4 || head.getUint8(0) !== 0xff) return
    const code = head.getUint8(1)
    // The scan, or its end.
    if (code === 0xda || code === 0xd9) return
    const length = head.getUint16(2) - 2
    if (length < 0) return
    yield code === 0xe1 ? await appPart(file, at + 4, length) : null
    at += 4 + length
  }
}

async function appPart(file: FileBytes, at: number, length: number): Promise<Part | null> {
  const start = await file.bytes(at, Math.min(length, XMP_MARK.length))
  for (const [mark, kind] of [
    [EXIF_MARK, 'exif'],
    [XMP_MARK, 'xmp'],
  ] as const) {
    if (asciiAt(start, 0, mark.length) === mark) {
      return { kind, at: at + mark.length, length: length - mark.length }
    }
  }
  return null
}

async function* webpParts(file: FileBytes): AsyncGenerator<Part | null> {
  for (let at = 12; ;) {
    const head = await file.view(at, 8)
    if (head.byteLength < 8) return
    const type = asciiAt(new Uint8Array(head.buffer, head.byteOffset, 8), 0, 4)
    const length = head.getUint32(4, true)
    if (type === 'EXIF') yield { kind: 'exif', at: at + 8, length }
    else yield type === 'XMP ' ? { kind: 'xmp', at: at + 8, length } : null
    at += 8 + length + (length & 1)
  }
}
