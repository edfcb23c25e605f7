import { AppError } from './errors'

const FIRST_CAPACITY = 256

/** Gathers bytes in a buffer that doubles when it is full. */
export class ByteWriter {
  private buffer = new Uint8Array(FIRST_CAPACITY)
  private length = 0

  /** @param value 0..255 */
  byte(value: number): void {
    if (this.length === this.buffer.length) this.grow(1)
    this.buffer[this.length++] = value
  }

  /** Seven bits a byte, the low ones first; all bytes but the last have bit 7 set. @param value a whole number >= 0 */
  varint(value: number): void {
    let rest = value
    while (rest > 127) {
      this.byte((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  bytes(values: Uint8Array): void {
    if (this.length + values.length > this.buffer.length) this.grow(values.length)
    this.buffer.set(values, this.length)
    this.length += values.length
  }

  /** @returns a copy of what was written */
  finish(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.length)
  }

  private grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }
}

/** Reads untrusted bytes. Reading past the end or a value over its limit throws AppError `share/unreadable`. */
export class ByteReader {
  private at = 0
  private readonly source: Uint8Array

  constructor(source: Uint8Array) {
    this.source = source
  }

  get done(): boolean {
    return this.at >= this.source.length
  }

  byte(max = 255): number {
    const value = this.source[this.at++]
    if (value === undefined || value > max) throw damaged()
    return value
  }

  /** The inverse of `ByteWriter.varint`, five bytes at most. */
  varint(max: number): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) {
        if (value > max) break
        return value
      }
    }
    throw damaged()
  }

  /** @returns a view of the next `length` bytes, not a copy */
  bytes(length: number): Uint8Array {
    if (this.at + length > this.source.length) throw damaged()
    this.at += length
    return this.source.subarray(this.at - length, this.at)
  }

  rest(): Uint8Array {
    return this.bytes(this.source.length - this.at)
  }
}

function damaged(): AppError {
  return new AppError('share/unreadable', { detail: 'damaged' })
}
