import { isOpaque, type GrayImage, type RgbaImage } from './raster'

/** Bytes in, zlib stream out (RFC 1950). */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/**
 * An 8-bit grey PNG: each byte of the mask is one sample, unchanged.
 * @see W3C, "Portable Network Graphics (PNG) Specification (Third Edition)"
 */
export function encodeGrayPng(image: GrayImage, deflate: Deflate): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = image
  const lines = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) {
    lines.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  }
  return assemble(width, height, 0, lines, deflate)
}

/** An 8-bit RGB PNG, or RGBA where a pixel is not opaque: exactly the bytes of `image`, no metadata. */
export function encodeRgbaPng(image: RgbaImage, deflate: Deflate): Promise<Uint8Array<ArrayBuffer>> {
  const channels = isOpaque(image) ? 3 : 4
  const { width, height } = image
  const pixels = channels === 4 ? image.data : dropAlpha(image)
  const lines = filterLines(pixels, width, height, channels)
  return assemble(width, height, channels === 3 ? 2 : 6, lines, deflate)
}

function dropAlpha({ data, width, height }: RgbaImage): Uint8Array {
  const out = new Uint8Array(width * height * 3)
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    out[o] = data[i]!
    out[o + 1] = data[i + 1]!
    out[o + 2] = data[i + 2]!
  }
  return out
}

/** Filters each line by Sub, Up or Paeth: the one with the smallest sum of absolute differences. */
function filterLines(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: number,
): Uint8Array<ArrayBuffer> {
  const stride = width * channels
  const out = new Uint8Array((stride + 1) * height)
  const trial = [new Uint8Array(stride), new Uint8Array(stride), new Uint8Array(stride)] as const
  const codes = [1, 2, 4]
  for (let y = 0; y < height; y++) {
    const row = y * stride
    const sums = [0, 0, 0]
    for (let i = 0; i < stride; i++) {
      const x = pixels[row + i]
      const a = i >= channels ? pixels[row + i - channels] : 0
      const b = y > 0 ? pixels[row + i - stride] : 0
      const c = i >= channels && y > 0 ? pixels[row + i - stride - channels] : 0
      const p = a + b - c
      const pa = Math.abs(p - a)
      const pb = Math.abs(p - b)
      const pc = Math.abs(p - c)
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
      trial[0][i] = x - a
      trial[1][i] = x - b
      trial[2][i] = x - paeth
      for (let k = 0; k < 3; k++) sums[k] += Math.abs((trial[k][i] << 24) >> 24)
    }
    const best = sums[0] <= sums[1] && sums[0] <= sums[2] ? 0 : sums[1] <= sums[2] ? 1 : 2
    out[y * (stride + 1)] = codes[best]!
    out.set(trial[best], y * (stride + 1) + 1)
  }
  return out
}

async function assemble(
  width: number,
  height: number,
  colourType: number,
  lines: Uint8Array<ArrayBuffer>,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8
  header[9] = colourType
  const parts = [
    Uint8Array.from(SIGNATURE),
    pngChunk('IHDR', header),
    pngChunk('IDAT', await deflate(lines)),
    pngChunk('IEND', new Uint8Array(0)),
  ]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A chunk with its length and checksum. @param type four letters */
export function pngChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(data.length + 12)
  const view = new DataView(out.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i)
  out.set(data, 8)
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)))
  return out
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
