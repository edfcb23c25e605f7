import { AppError, type ErrorCode } from '../core/errors'
import { isOtherSpace } from '../core/image/color/shownSpace'
import { FileBytes } from '../core/image/file/fileBytes'
import { iccColor, type FileColor, type ImageFacts } from '../core/image/file/imageFacts'
import type { ImageFormat } from '../core/image/file/imageFormat'
import { decodePng } from '../core/image/file/pngDecode'
import { readImageFacts } from '../core/image/file/readImageFacts'
import { openedSize } from '../core/image/limits'
import { type IccProfile, isOpaque, type RgbaImage } from '../core/image/raster'
import type { Size } from '../core/geometry'
import type { DecodedPicture, PictureNotice } from './codecApi'
import { bitmapSpace, halvings, shownBitmap } from './codecLevels'
import { readOpaque, readStraight } from './codecPixels'
import { inflate, inflatePieces } from './deflate'

/** A profile that inflates to more is left out, bytes. */
const MAX_PROFILE_BYTES = 16 * 2 ** 20

/** What a decoder says more of than that a file is damaged. */
const KNOWN_FAILURES = new Set<ErrorCode>(['image/too-large', 'image/tiff'])

/** A file whose format and size may be decoded. */
interface Source {
  readonly name: string
  readonly file: FileBytes
  /** What the browser decodes: a file that lacks its end is completed. */
  readonly blob: Blob
  readonly format: ImageFormat
  readonly facts: ImageFacts
  /** Of its RGB values. */
  readonly profile: IccProfile | undefined
  /** Its values are kept: the browser's conversion is not needed. */
  readonly keepsValues: boolean
}

/** @see CodecApi.decode */
export function decodePicture(blob: Blob, name: string): Promise<DecodedPicture> {
  return decoded(blob, name, decodeSource)
}

/** @see CodecApi.pixels */
export function decodePixels(blob: Blob, name: string): Promise<RgbaImage> {
  return decoded(blob, name, async (source) => {
    const { image, bitmap } = await readSource(source, [])
    bitmap?.close()
    return image
  })
}

async function decoded<T>(blob: Blob, name: string, decode: (source: Source) => Promise<T>): Promise<T> {
  const read = async (start: number, end: number) => {
    try {
      return new Uint8Array(await blob.slice(start, end).arrayBuffer())
    } catch (cause) {
      throw new AppError('image/unreadable', { params: { name }, cause })
    }
  }
  const file = new FileBytes(blob.size, read)
  const found = await readImageFacts(file)
  if (!found) throw new AppError('image/not-an-image', { params: { name } })
  const { format, facts } = found
  if (format === 'svg') throw new AppError('image/svg', { params: { name } })
  const failure = new AppError(format === 'heic' ? 'image/heic' : 'image/damaged', { params: { name } })
  if (!facts.size) throw failure
  openedSize(facts.size, name)
  const color = await inflatedColor(facts.color)
  const source: Source = {
    name,
    file,
    blob: completed(blob, format, facts),
    format,
    facts,
    profile: color.kind === 'icc' ? color.bytes : undefined,
    keepsValues: color.kind !== 'other',
  }
  try {
    return await decode(source)
  } catch (cause) {
    // A file that is gone is no damaged one.
    await read(0, 1)
    if (cause instanceof AppError && KNOWN_FAILURES.has(cause.code)) throw cause
    throw new AppError(failure.code, { params: { name }, cause })
  }
}

async function decodeSource(source: Source): Promise<DecodedPicture> {
  const { facts, profile, name } = source
  const notices: PictureNotice[] = []
  if (facts.truncated) notices.push({ code: 'picture-partial', params: { name } })
  if (facts.depth > 8) notices.push({ code: 'picture-depth', params: { name, depth: facts.depth } })
  const { image, bitmap, own } = await readSource(source, notices)
  const space = bitmapSpace(profile)
  let shown = bitmap
  if (!shown || facts.alpha || isOtherSpace(profile)) {
    bitmap?.close()
    // The browser's own conversion to sRGB is as good, without another copy of the values; not after its own decoder.
    const isOwn = own || !profile || space !== 'srgb'
    shown = isOwn ? await shownBitmap(image) : await sizedBitmap(source, false, [])
  }
  return { image, levels: halvings(shown, space), opaque: isOpaque(image), notices }
}

/** The values of a file, and the bitmap that they were read from; null where the browser did not decode it. */
async function readSource(source: Source, notices: PictureNotice[]) {
  const own = await decodeOwn(source)
  const isOwn = own !== null && fits(own, source.name)
  const bitmap = isOwn ? null : await sizedBitmap(source, source.keepsValues, notices, own)
  const values = bitmap ? await readValues(bitmap, source.facts.alpha) : own!
  const { profile } = source
  const image: RgbaImage = profile ? { ...values, profile } : values
  return { image, bitmap, own }
}

/** The values of a file that the browser does not decode exactly, or not at all; null where it does. */
async function decodeOwn({ format, facts, keepsValues, name, file }: Source): Promise<RgbaImage | null> {
  if (format === 'tiff') {
    // Rare: its code comes when one is opened.
    const { decodeTiff } = await import('../core/image/file/tiffDecode')
    return decodeTiff(file, inflate)
  }
  // Bitmaps lose colours under alpha and the low byte of 16 bits; but the browser turns what EXIF says.
  const isLossy = facts.alpha || facts.depth > 8
  const isOwn =
    format === 'png' && isLossy && keepsValues && !facts.exif && facts.size && fits(facts.size, name)
  return isOwn ? decodePng(file, inflatePieces) : null
}

function fits(size: Size, name: string): boolean {
  return openedSize(size, name) === size
}

/** @param notices gets one where the picture is scaled down @param own its values, where they are there already */
async function sizedBitmap(
  { blob, facts, name }: Source,
  keepsValues: boolean,
  notices: PictureNotice[],
  own: RgbaImage | null = null,
): Promise<ImageBitmap> {
  const options = {
    colorSpaceConversion: keepsValues ? 'none' : 'default',
    premultiplyAlpha: facts.alpha ? 'none' : 'default',
  } as const
  // EXIF orientation is applied here, once: everything later sees upright pixels.
  const bitmap = own
    ? await createImageBitmap(new ImageData(own.data, own.width, own.height), options)
    : await createImageBitmap(blob, { ...options, imageOrientation: 'from-image' })
  const size: Size = openedSize(bitmap, name)
  if (size.width === bitmap.width) return bitmap
  notices.push({
    code: 'picture-scaled',
    params: {
      name,
      width: bitmap.width,
      height: bitmap.height,
      newWidth: size.width,
      newHeight: size.height,
    },
  })
  const scaled = await createImageBitmap(bitmap, {
    ...options,
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
  })
  bitmap.close()
  return scaled
}

async function readValues(bitmap: ImageBitmap, alpha: boolean): Promise<RgbaImage> {
  return (alpha ? await readStraight(bitmap) : null) ?? readOpaque(bitmap)
}

/** A profile that is damaged, or over the limit, counts as none. */
async function inflatedColor(color: FileColor): Promise<FileColor> {
  if (color.kind !== 'icc' || !color.deflated) return color
  try {
    return iccColor(await inflate(color.bytes, MAX_PROFILE_BYTES))
  } catch {
    return { kind: 'none' }
  }
}

const JPEG_END = Uint8Array.of(0xff, 0xd9)

/** Decoders refuse a JPEG without its end mark and a WebP that is shorter than it says, whatever there is of them. */
function completed(blob: Blob, format: ImageFormat, { truncated, length }: ImageFacts): Blob {
  if (!truncated) return blob
  if (format === 'jpeg') return new Blob([blob, JPEG_END])
  return format === 'webp' ? new Blob([blob, new Uint8Array(length - blob.size)]) : blob
}
