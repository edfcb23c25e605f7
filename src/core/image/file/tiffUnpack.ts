import { AppError } from '../../errors'

/** Inflates zlib (RFC 1950). @param limit bytes of the result @throws beyond it, and for damaged bytes */
export type InflateAll = (bytes: Uint8Array<ArrayBuffer>, limit: number) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Unpacks a strip or tile.
 * @param limit bytes of the result: a few bytes can unpack to any size
 * @throws AppError `image/tiff` for another compression; other errors for damaged bytes
 */
export async function unpackSegment(
  bytes: Uint8Array<ArrayBuffer>,
  compression: number,
  limit: number,
  inflate: InflateAll,
): Promise<Uint8Array> {
  switch (compression) {
    case 1:
      return bytes
    case 5:
      return unpackLzw(bytes, limit)
    case 8:
    case 32946:
      return inflate(bytes, limit)
    case 32773:
      return unpackBits(bytes, limit)
    default:
      throw new AppError('image/tiff', { detail: `compression ${compression}` })
  }
}

function unpackBits(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Uint8Array(limit)
  let to = 0
  for (let at = 0; at < bytes.length && to < limit;) {
    const count = (bytes[at++] << 24) >> 24
    if (count === -128) continue
    const length = Math.min(limit - to, count < 0 ? 1 - count : count + 1)
    if (count < 0) out.fill(bytes[at++] ?? 0, to, to + length)
    else {
      out.set(bytes.subarray(at, at + length), to)
      at += count + 1
    }
    to += length
  }
  return out.subarray(0, to)
}

const CLEAR = 256
const END = 257
const MAX_CODES = 4096

/** Codes of 9 to 12 bits, high bits first; they widen one code early. @see TIFF 6.0, section 13 */
function unpackLzw(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Uint8Array(limit)
  /** Where each code's string stands in `out`, and its length; below 256 a code is its byte. */
  const starts = new Uint32Array(MAX_CODES)
  const lengths = new Uint16Array(MAX_CODES)
  let to = 0
  let bits = 0
  let held = 0
  let width = 9
  let next = END + 1
  let last = -1
  let lastStart = 0
  for (let at = 0; to < limit;) {
    while (held < width && at < bytes.length) {
      bits = ((bits << 8) | bytes[at++]) & 0xffffff
      held += 8
    }
    if (held < width) break
    held -= width
    const code = (bits >> held) & ((1 << width) - 1)
    if (code === END) break
    if (code === CLEAR) {
      width = 9
      next = END + 1
      last = -1
      continue
    }
    const start = to
    if (code < CLEAR) out[to++] = code
    else {
      // The code that is only made now: the last string and its first byte again.
      const isNew = code === next && last >= 0
      if (code >= next && !isNew) throw new AppError('image/damaged')
      const from = isNew ? lastStart : starts[code]
      const length = isNew ? start - lastStart + 1 : lengths[code]
      for (let k = 0; k < length && to < limit; k++) out[to++] = out[from + k]
    }
    if (last >= 0 && next < MAX_CODES) {
      starts[next] = lastStart
      lengths[next] = start - lastStart + 1
      next++
    }
    if (next + 1 >= 1 << width && width < 12) width++
    last = code
    lastStart = start
  }
  return out.subarray(0, to)
}
