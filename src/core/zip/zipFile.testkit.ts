import type { ByteSource } from './zipDirectory'

/** Bytes in memory as a file. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (start, end) => Promise.resolve(bytes.slice(start, end)) }
}

export interface MadeEntry {
  readonly name: string
  readonly bytes: Uint8Array
  /** As the directory claims; the truth without it. */
  readonly unpackedBytes?: number
  readonly method?: number
  readonly flags?: number
  /** In place of its own place in the file. */
  readonly offset?: number
}

/** A zip of stored entries by hand, which may lie about itself. */
export function madeZip(entries: readonly MadeEntry[]): Uint8Array {
  const out: number[] = []
  const central: number[] = []
  const put = (to: number[], value: number, bytes: number) => {
    for (let i = 0; i < bytes; i++) to.push(Math.floor(value / 256 ** i) % 256)
  }
  for (const { name, bytes, method = 0, flags = 0, ...claims } of entries) {
    const { unpackedBytes = bytes.length, offset = out.length } = claims
    const text = new TextEncoder().encode(name)
    put(out, 0x04034b50, 4)
    for (const [value, length] of [
      [20, 2],
      [flags, 2],
      [method, 2],
      [0, 8],
      [bytes.length, 4],
      [unpackedBytes, 4],
    ])
      put(out, value, length)
    put(out, text.length, 2)
    put(out, 0, 2)
    out.push(...text, ...bytes)
    put(central, 0x02014b50, 4)
    for (const [value, length] of [
      [20, 2],
      [20, 2],
      [flags, 2],
      [method, 2],
      [0, 8],
      [bytes.length, 4],
      [unpackedBytes, 4],
    ])
      put(central, value, length)
    put(central, text.length, 2)
    put(central, 0, 12)
    put(central, offset, 4)
    central.push(...text)
  }
  const start = out.length
  put(central, 0x06054b50, 4)
  put(central, 0, 4)
  put(central, entries.length, 2)
  put(central, entries.length, 2)
  put(central, central.length - 12, 4)
  put(central, start, 4)
  put(central, 0, 2)
  return Uint8Array.from([...out, ...central])
}
