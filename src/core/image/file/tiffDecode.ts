import { AppError } from '../../errors'
import { createRgba, type RgbaImage } from '../raster'
import { orientRgba } from '../orient'
import type { FileBytes } from './fileBytes'
import { ASSOCIATED, readTiffTags, TAG, tagOf, type TiffTags, UNASSOCIATED } from './tiffTags'
import { type InflateAll, unpackSegment } from './tiffUnpack'

/** Bytes of a strip or tile: 128 megapixels of four 16-bit samples. */
const MAX_SEGMENT = 2 ** 30

/** How a TIFF stores its pixels. */
interface Layout {
  readonly tags: TiffTags
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly photometric: number
  /** Of a segment: all of a pixel, or one where each plane is stored by itself. */
  readonly samples: number
  readonly planes: number
  /** Size of a strip or tile, px. */
  readonly segment: { readonly width: number; readonly height: number }
  /** For each sample the channel of RGBA that it goes to; -1 for none. */
  readonly channels: readonly number[]
  /** 8-bit value by sample; null for 16 bits. */
  readonly table: Uint8Array | null
}

/**
 * Decodes the first picture of a TIFF, upright: grey, RGB and palettes of 1 to 16 bits, in strips or tiles, plain or
 * packed by LZW, deflate or PackBits.
 * @returns straight alpha; 16 bits rounded to 8
 * @throws AppError `image/tiff` for other kinds, `image/damaged`
 * @see Adobe, "TIFF Revision 6.0", 1992
 */
export async function decodeTiff(file: FileBytes, inflate: InflateAll): Promise<RgbaImage> {
  const tags = await readTiffTags(file)
  if (!tags) throw new AppError('image/damaged')
  const layout = layoutOf(tags)
  const { width, height, segment, planes } = layout
  const image = createRgba(width, height)
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255
  const isTiled = tags.values.has(TAG.tileOffsets)
  const offsets = tags.values.get(isTiled ? TAG.tileOffsets : TAG.stripOffsets) ?? []
  const lengths = tags.values.get(isTiled ? TAG.tileBytes : TAG.stripBytes) ?? []
  const across = Math.ceil(width / segment.width)
  const count = across * Math.ceil(height / segment.height)
  if (offsets.length < count * planes || lengths.length < count * planes) throw new AppError('image/damaged')
  const rowBytes = Math.ceil((segment.width * layout.samples * layout.bits) / 8)
  for (let i = 0; i < count * planes; i++) {
    const x = ((i % count) % across) * segment.width
    const y = Math.floor((i % count) / across) * segment.height
    const rows = Math.min(segment.height, height - y)
    const packed = (await file.bytes(offsets[i], lengths[i])).slice()
    const bytes = await unpackSegment(
      packed,
      tagOf(tags, TAG.compression, 1),
      rowBytes * segment.height,
      inflate,
    )
    if (bytes.length < rowBytes * rows) throw new AppError('image/damaged')
    for (let row = 0; row < rows; row++) {
      const line = bytes.slice(row * rowBytes, (row + 1) * rowBytes)
      if (tagOf(tags, TAG.predictor, 1) === 2) addLeft(line, layout)
      writeRow(line, layout, Math.floor(i / count), image, x, y + row)
    }
  }
  if (tags.values.get(TAG.extraSamples)?.[0] === ASSOCIATED) straighten(image)
  return orientRgba(image, tagOf(tags, TAG.orientation, 1))
}

function layoutOf(tags: TiffTags): Layout {
  const width = tagOf(tags, TAG.width, 0)
  const height = tagOf(tags, TAG.height, 0)
  const bits = tagOf(tags, TAG.bits, 1)
  const photometric = tagOf(tags, TAG.photometric, -1)
  const samples = tagOf(tags, TAG.samples, 1)
  const planar = tagOf(tags, TAG.planar, 1)
  const predictor = tagOf(tags, TAG.predictor, 1)
  const colors = photometric === 2 ? 3 : 1
  const isKnown =
    [0, 1, 2, 3].includes(photometric) &&
    (tags.values.get(TAG.bits) ?? []).every((value) => value === bits) &&
    (bits === 8 || bits === 16 || (samples === 1 && [1, 2, 4].includes(bits))) &&
    (photometric !== 3 || bits <= 8) &&
    (predictor === 1 || (predictor === 2 && bits >= 8)) &&
    tagOf(tags, TAG.sampleFormat, 1) === 1 &&
    samples >= colors &&
    samples <= 8
  if (!isKnown) throw new AppError('image/tiff')
  const extra = tags.values.get(TAG.extraSamples) ?? []
  const channels = Array.from({ length: samples }, (_, i) => {
    if (i < colors) return i
    return i === colors && (extra[0] === ASSOCIATED || extra[0] === UNASSOCIATED) ? 3 : -1
  })
  const rows = Math.min(height, tagOf(tags, TAG.rowsPerStrip, height))
  const segment = tags.values.has(TAG.tileOffsets)
    ? { width: tagOf(tags, TAG.tileWidth, 0), height: tagOf(tags, TAG.tileHeight, 0) }
    : { width, height: rows }
  const bytes = segment.width * segment.height * samples * (bits / 8)
  if (segment.width < 1 || segment.height < 1 || bytes > MAX_SEGMENT) throw new AppError('image/damaged')
  return {
    tags,
    width,
    height,
    bits,
    photometric,
    samples: planar === 2 ? 1 : samples,
    planes: planar === 2 ? samples : 1,
    segment,
    channels,
    table: tableOf(bits, photometric),
  }
}

/** Grey of few bits is spread over 0..255; white may be 0. */
function tableOf(bits: number, photometric: number): Uint8Array | null {
  if (bits === 16) return null
  const max = 2 ** bits - 1
  return Uint8Array.from({ length: max + 1 }, (_, value) => {
    if (photometric === 3) return value
    return Math.round(((photometric === 0 ? max - value : value) * 255) / max)
  })
}

/** Undoes horizontal differencing, in place. */
function addLeft(line: Uint8Array, { bits, samples, tags }: Layout): void {
  if (bits === 8) {
    for (let i = samples; i < line.length; i++) line[i] += line[i - samples]
    return
  }
  const view = new DataView(line.buffer, line.byteOffset, line.byteLength)
  for (let i = samples * 2; i + 1 < line.length; i += 2) {
    const left = view.getUint16(i - samples * 2, tags.littleEndian)
    view.setUint16(i, view.getUint16(i, tags.littleEndian) + left, tags.littleEndian)
  }
}

/** Writes a segment's row. @param plane the first sample in it @param x of its first pixel, image px */
function writeRow(
  line: Uint8Array,
  layout: Layout,
  plane: number,
  image: RgbaImage,
  x: number,
  y: number,
): void {
  const { samples, channels, photometric, tags } = layout
  const { data, width } = image
  const count = Math.min(layout.segment.width, width - x)
  const map = tags.values.get(TAG.colorMap) ?? []
  const colors = map.length / 3
  for (let s = 0; s < samples; s++) {
    const channel = channels[plane + s]
    if (channel < 0) continue
    const isAlpha = channel === 3
    for (let i = 0, at = (y * width + x) * 4; i < count; i++, at += 4) {
      const value = sampleAt(line, i * samples + s, layout, isAlpha)
      if (photometric === 2 || isAlpha) data[at + channel] = value
      else if (photometric === 3)
        for (let c = 0; c < 3; c++) data[at + c] = (map[c * colors + value] ?? 0) >> 8
      else data[at] = data[at + 1] = data[at + 2] = value
    }
  }
}

function sampleAt(
  line: Uint8Array,
  index: number,
  { bits, table, tags, photometric }: Layout,
  isAlpha: boolean,
) {
  if (bits === 16) {
    const [high, low] = tags.littleEndian ? [1, 0] : [0, 1]
    const value = line[index * 2 + high] * 256 + line[index * 2 + low]
    const wanted = photometric === 0 && !isAlpha ? 65535 - value : value
    return (wanted * 255 + 32895) >> 16
  }
  if (bits === 8) return table && !isAlpha ? table[line[index]] : line[index]
  const bit = index * bits
  const value = (line[bit >> 3] >> (8 - bits - (bit & 7))) & (2 ** bits - 1)
  return table && !isAlpha ? table[value] : value
}

/** Divides colours by the alpha that they are weighted with. */
function straighten({ data }: RgbaImage): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]
    if (alpha === 0 || alpha === 255) continue
    for (let c = 0; c < 3; c++) data[i + c] = (data[i + c] * 255) / alpha
  }
}
