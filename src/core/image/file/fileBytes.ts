/** Reads a part of a file. @returns fewer bytes at the file's end */
export type ReadPart = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>

/** Read at once, bytes. */
const WINDOW = 256 * 1024

/** A file read window by window: a header far from the start costs no more memory than one at the start. */
export class FileBytes {
  /** Bytes of the file. */
  readonly length: number
  private readonly read: ReadPart
  private window: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  private start = 0

  constructor(length: number, read: ReadPart) {
    this.length = length
    this.read = read
  }

  /** @returns `count` bytes from offset `at`; fewer where the file ends before */
  async bytes(at: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(this.length, at + count)
    if (at >= end) return new Uint8Array(0)
    if (at < this.start || end > this.start + this.window.length) {
      this.window = await this.read(at, Math.min(this.length, at + Math.max(WINDOW, count)))
      this.start = at
    }
    return this.window.subarray(at - this.start, end - this.start)
  }

  /** The same as a view; its `byteLength` is less than `count` where the file ends before. */
  async view(at: number, count: number): Promise<DataView<ArrayBuffer>> {
    const { buffer, byteOffset, byteLength } = await this.bytes(at, count)
    return new DataView(buffer, byteOffset, byteLength)
  }

  /** @returns the offset of the next `byte` at or after `at`, -1 where there is none */
  async indexOf(byte: number, at: number): Promise<number> {
    for (let from = at; from < this.length;) {
      const left = this.start + this.window.length - from
      const part = await this.bytes(from, from >= this.start && left > 0 ? left : WINDOW)
      const found = part.indexOf(byte)
      if (found >= 0) return from + found
      from += part.length
    }
    return -1
  }
}

/** @returns `length` bytes as Latin letters, for the names of chunks; shorter where there are fewer */
export function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** @returns the parts in one piece */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
