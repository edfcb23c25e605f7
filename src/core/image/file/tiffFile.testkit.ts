import { deflateSync } from 'node:zlib'
import { joinBytes } from './fileBytes'
import { TAG } from './tiffTags'

export interface TiffSamples {
  readonly width: number
  readonly height: number
  readonly bits: number
  /** 0 white is 0, 1 black is 0, 2 RGB, 3 palette. */
  readonly photometric: number
  readonly samples: number
  /** Pixel by pixel. */
  readonly values: ArrayLike<number>
  readonly littleEndian: boolean
  readonly planar: boolean
  readonly compression: 1 | 5 | 8 | 32773
  readonly predictor: boolean
  /** Of strips; tiles are 16 x 16. */
  readonly rows: number | 'tiles'
  readonly more?: Readonly<Record<number, readonly number[]>>
}

/** A TIFF of one picture. */
export function tiffFile(picture: TiffSamples): Uint8Array<ArrayBuffer> {
  const { width, height, samples, planar, rows, compression, littleEndian } = picture
  const size = rows === 'tiles' ? { width: 16, height: 16 } : { width, height: rows }
  const segments: Uint8Array[] = []
  for (let plane = 0; plane < (planar ? samples : 1); plane++)
    for (let y = 0; y < height; y += size.height)
      for (let x = 0; x < width; x += size.width) {
        const full = rows === 'tiles' ? size.height : Math.min(size.height, height - y)
        const bytes = segmentBytes(picture, plane, x, y, size.width, full)
        segments.push(pack(bytes, compression))
      }
  const offsets: number[] = []
  let at = 8
  for (const segment of segments) {
    offsets.push(at)
    at += segment.length
  }
  const isTiled = rows === 'tiles'
  const tags: Record<number, readonly number[]> = {
    [TAG.width]: [width],
    [TAG.height]: [height],
    [TAG.bits]: Array<number>(samples).fill(picture.bits),
    [TAG.compression]: [compression],
    [TAG.photometric]: [picture.photometric],
    [TAG.samples]: [samples],
    [TAG.planar]: [planar ? 2 : 1],
    [TAG.predictor]: [picture.predictor ? 2 : 1],
    [isTiled ? TAG.tileOffsets : TAG.stripOffsets]: offsets,
    [isTiled ? TAG.tileBytes : TAG.stripBytes]: segments.map(({ length }) => length),
    ...(isTiled ? { [TAG.tileWidth]: [16], [TAG.tileHeight]: [16] } : { [TAG.rowsPerStrip]: [size.height] }),
    ...picture.more,
  }
  return joinBytes([head(at, littleEndian), ...segments, directory(tags, at, littleEndian)])
}

function head(at: number, littleEndian: boolean): Uint8Array {
  const out = new DataView(new ArrayBuffer(8))
  out.setUint16(0, littleEndian ? 0x4949 : 0x4d4d)
  out.setUint16(2, 42, littleEndian)
  out.setUint32(4, at, littleEndian)
  return new Uint8Array(out.buffer)
}

/** All values as LONG. */
function directory(tags: Record<number, readonly number[]>, at: number, littleEndian: boolean): Uint8Array {
  const entries = Object.entries(tags)
  const start = 2 + entries.length * 12 + 4
  const total = entries.reduce((sum, [, values]) => sum + values.length, 0)
  const out = new DataView(new ArrayBuffer(start + 4 * total))
  out.setUint16(0, entries.length, littleEndian)
  let end = start
  entries.forEach(([tag, values], i) => {
    const entry = 2 + i * 12
    out.setUint16(entry, Number(tag), littleEndian)
    out.setUint16(entry + 2, 4, littleEndian)
    out.setUint32(entry + 4, values.length, littleEndian)
    const place = values.length === 1 ? entry + 8 : end
    if (values.length !== 1) {
      out.setUint32(entry + 8, at + end, littleEndian)
      end += 4 * values.length
    }
    values.forEach((value, k) => out.setUint32(place + 4 * k, value, littleEndian))
  })
  return new Uint8Array(out.buffer)
}

function segmentBytes(
  picture: TiffSamples,
  plane: number,
  x0: number,
  y0: number,
  width: number,
  height: number,
) {
  const { bits, samples, values, planar, predictor, littleEndian } = picture
  const inside = planar ? 1 : samples
  const rowBytes = Math.ceil((width * inside * bits) / 8)
  const out = new DataView(new ArrayBuffer(rowBytes * height))
  for (let y = 0; y < height; y++) {
    const row = Array.from({ length: width * inside }, (_, i) => {
      const x = x0 + Math.floor(i / inside)
      if (x >= picture.width || y0 + y >= picture.height) return 0
      return values[((y0 + y) * picture.width + x) * samples + plane + (i % inside)]
    })
    row.forEach((value, i) => {
      const stored = predictor && i >= inside ? (value - row[i - inside]) & (2 ** bits - 1) : value
      if (bits === 16) out.setUint16(y * rowBytes + 2 * i, stored, littleEndian)
      else {
        const byte = y * rowBytes + ((i * bits) >> 3)
        out.setUint8(byte, out.getUint8(byte) | (stored << (8 - bits - ((i * bits) & 7))))
      }
    })
  }
  return new Uint8Array(out.buffer)
}

function pack(bytes: Uint8Array, compression: TiffSamples['compression']): Uint8Array {
  if (compression === 1) return bytes
  if (compression === 8) return deflateSync(bytes)
  return compression === 5 ? packLzw(bytes) : packBits(bytes)
}

function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let at = 0; at < bytes.length;) {
    let run = 1
    while (run < 128 && bytes[at + run] === bytes[at]) run++
    if (run > 2) out.push(257 - run, bytes[at])
    else out.push(run - 1, ...bytes.subarray(at, at + run))
    at += run
  }
  return Uint8Array.from(out)
}

function packLzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  let held = 0
  let bits = 0
  let width = 9
  let codes = new Map<string, number>()
  let next = 258
  const write = (code: number) => {
    held = (held << width) | code
    bits += width
    for (; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255)
    held &= 0xff
  }
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : codes.get(text)!)
  write(256)
  let text = ''
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte)
    if (longer.length === 1 || codes.has(longer)) {
      text = longer
      continue
    }
    write(codeOf(text))
    codes.set(longer, next++)
    if (next === 4094) {
      write(256)
      codes = new Map()
      next = 258
      width = 9
    } else if (next + 1 > 1 << width) width++
    text = String.fromCharCode(byte)
  }
  if (text) write(codeOf(text))
  write(257)
  if (bits > 0) out.push((held << (8 - bits)) & 255)
  return Uint8Array.from(out)
}
