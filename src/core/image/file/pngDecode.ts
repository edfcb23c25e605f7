import { AppError } from '../../errors'
import { createRgba, type RgbaImage } from '../raster'
import type { FileBytes } from './fileBytes'
import { pngChunks } from './pngFacts'
import { PngRows } from './pngRows'
import type { PngPixels } from './pngSamples'

/** zlib (RFC 1950) in, bytes out, both in pieces. */
export type Inflate = (pieces: AsyncIterable<Uint8Array<ArrayBuffer>>) => AsyncIterable<Uint8Array>

/** IDAT is read in pieces of this size, bytes. */
const PIECE = 2 ** 20

/**
 * Decodes a PNG with the file's own values: no colour is weighted by its alpha. 16 bits become 8, rounded.
 * @param inflate may throw once all rows are there: what follows them does not count
 * @returns straight alpha
 * @throws AppError `image/damaged`
 * @see W3C, "Portable Network Graphics (PNG) Specification (Third Edition)"
 */
export async function decodePng(file: FileBytes, inflate: Inflate): Promise<RgbaImage> {
  const pixels = await readPixels(file)
  const image = createRgba(pixels.width, pixels.height)
  const rows = new PngRows(pixels, image)
  try {
    for await (const piece of inflate(imageData(file))) {
      rows.push(piece)
      if (rows.done) break
    }
  } catch (cause) {
    if (!rows.done) throw damaged(cause)
  }
  if (!rows.done) throw damaged()
  return image
}

function damaged(cause?: unknown): AppError {
  return new AppError('image/damaged', { cause })
}

/** Reads what stands in front of the pixels and says how they are stored. */
async function readPixels(file: FileBytes): Promise<PngPixels> {
  const chunks = new Map<string, Uint8Array>()
  for await (const { type, at, length } of pngChunks(file)) {
    if (type === 'IDAT') break
    if (HEADERS.has(type)) chunks.set(type, (await file.bytes(at, length)).slice())
  }
  const header = chunks.get('IHDR')
  if (!header || header.length < 13) throw damaged()
  const view = new DataView(header.buffer)
  const pixels = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colorType: view.getUint8(9),
    interlaced: view.getUint8(12) === 1,
    palette: chunks.get('PLTE') ?? null,
    transparency: chunks.get('tRNS') ?? null,
  }
  const isAllowed = DEPTHS[pixels.colorType]?.includes(pixels.depth) ?? false
  if (pixels.width === 0 || pixels.height === 0 || !isAllowed) throw damaged()
  return pixels
}

const HEADERS = new Set(['IHDR', 'PLTE', 'tRNS'])

/** Allowed bits per sample, by colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

async function* imageData(file: FileBytes): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const { type, at, length } of pngChunks(file)) {
    if (type !== 'IDAT') continue
    for (let done = 0; done < length; done += PIECE) {
      const piece = await file.bytes(at + done, Math.min(PIECE, length - done))
      if (piece.length === 0) return
      yield piece.slice()
    }
  }
}
