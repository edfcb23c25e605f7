import { crc32, deflateSync } from 'node:zlib'
import { FileBytes, joinBytes } from './fileBytes'
import type { Inflate } from './pngDecode'

export interface PngSamples {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colorType: number
  readonly interlaced: boolean
  /** Row by row, as many a pixel as the colour type has. */
  readonly samples: ArrayLike<number>
}

export const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const STARTS = [0, 4, 0, 2, 0, 1, 0]
const TOPS = [0, 0, 4, 0, 2, 0, 1]
const STEPS_X = [8, 8, 4, 4, 2, 2, 1]
const STEPS_Y = [8, 8, 8, 4, 4, 2, 2]

export function fileOf(bytes: Uint8Array): FileBytes {
  return new FileBytes(bytes.length, (start, end) => Promise.resolve(bytes.slice(start, end)))
}

/** Inflates with the platform's own stream. */
export const inflate: Inflate = async function* (pieces) {
  const stream = new DecompressionStream('deflate')
  const writer = stream.writable.getWriter()
  const writing = (async () => {
    for await (const piece of pieces) await writer.write(piece)
    await writer.close()
  })()
  writing.catch(() => {})
  for await (const piece of stream.readable) yield piece
  await writing
}

export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const out = Buffer.alloc(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  out.set(data, 8)
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8)
  return out
}

/** A PNG of any kind: each row with another filter. @param extra chunks in front of the pixels */
export function pngFile(picture: PngSamples, extra: readonly Uint8Array[] = []): Uint8Array {
  const { width, height, depth, colorType, interlaced } = picture
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, colorType, 0, 0, interlaced ? 1 : 0], 8)
  const rows = interlaced
    ? STARTS.flatMap((x, pass) => rowsOf(picture, x, TOPS[pass], STEPS_X[pass], STEPS_Y[pass]))
    : rowsOf(picture, 0, 0, 1, 1)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const data = deflateSync(joinBytes(rows))
  // Two chunks: a decoder has to join them.
  const half = data.length >> 1
  return joinBytes([
    signature,
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', data.subarray(0, half)),
    pngChunk('IDAT', data.subarray(half)),
    pngChunk('IEND', new Uint8Array(0)),
  ])
}

function rowsOf(picture: PngSamples, x0: number, y0: number, dx: number, dy: number): Uint8Array[] {
  const { width, height, depth, colorType, samples } = picture
  const channels = CHANNELS[colorType]
  const count = Math.ceil((width - x0) / dx)
  if (count <= 0) return []
  const bits = channels * depth
  const step = Math.max(1, bits >> 3)
  const rows: Uint8Array[] = []
  let above = new Uint8Array(Math.ceil((count * bits) / 8))
  for (let y = y0; y < height; y += dy) {
    const row = new Uint8Array(above.length)
    for (let i = 0; i < count * channels; i++) {
      const x = x0 + Math.floor(i / channels) * dx
      const value = samples[(y * width + x) * channels + (i % channels)]
      if (depth === 16) row.set([value >> 8, value & 255], i * 2)
      else row[(i * depth) >> 3] |= value << (8 - depth - ((i * depth) & 7))
    }
    const filter = y % 5
    rows.push(Uint8Array.of(filter), filtered(filter, row, above, step))
    above = row
  }
  return rows
}

function filtered(filter: number, row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  return row.map((value, i) => {
    const a = i < step ? 0 : row[i - step]
    const b = above[i]
    const c = i < step ? 0 : above[i - step]
    const p = a + b - c
    const near = [a, b, c].toSorted((l, r) => Math.abs(p - l) - Math.abs(p - r))
    return value - [0, a, b, (a + b) >> 1, near[0]][filter]
  })
}
