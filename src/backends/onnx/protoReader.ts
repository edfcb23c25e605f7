/** One field of a protobuf message. @see https://protobuf.dev/programming-guides/encoding */
export interface ProtoField {
  readonly number: number
  /** 0: `value` is its value; 2: its bytes are `from` to `to`; 1 and 5: a number of 8 or 4 bytes. */
  readonly wire: 0 | 1 | 2 | 5
  readonly value: number
  /** Where its content lies in the file, bytes; the end is not part of it. */
  readonly from: number
  readonly to: number
}

/** A message that is none, or goes on beyond its end. */
export class ProtoError extends Error {
  /** Its own length says that it goes on beyond the end of its message. */
  readonly isCut: boolean

  constructor(isCut: boolean) {
    super(isCut ? 'cut off' : 'malformed')
    this.isCut = isCut
  }
}

const WINDOW_BYTES = 16 * 1024
/** A tag and a length are at most 10 bytes each. */
const HEAD_BYTES = 20

/** Reads the fields of messages in a file piece by piece: what is skipped, such as a model's weights, is not read. */
export class ProtoReader {
  private readonly file: Blob
  private window = new Uint8Array(0)
  private start = 0

  constructor(file: Blob) {
    this.file = file
  }

  /** The fields of the message that is the bytes `from` to `to`. @throws ProtoError */
  async *fields(from = 0, to = this.file.size): AsyncGenerator<ProtoField> {
    for (let at = from; at < to;) {
      await this.look(at)
      const [tag, afterTag] = this.varint(at)
      const wire = tag % 8
      const number = Math.floor(tag / 8)
      let [value, begin, end] = [0, afterTag, afterTag]
      if (wire === 0) [value, end] = this.varint(afterTag)
      else if (wire === 1) end += 8
      else if (wire === 5) end += 4
      else if (wire === 2) {
        const [length, afterLength] = this.varint(afterTag)
        begin = afterLength
        end = afterLength + length
      } else throw new ProtoError(false)
      if (number === 0) throw new ProtoError(false)
      yield { number, wire, value, from: begin, to: end }
      // After the field is looked at: its number tells a cut message from what is none.
      if (end > to) throw new ProtoError(true)
      at = end
    }
  }

  async text({ from, to }: ProtoField): Promise<string> {
    return new TextDecoder().decode(await this.file.slice(from, Math.min(to, from + 1000)).arrayBuffer())
  }

  private async look(at: number): Promise<void> {
    const end = Math.min(at + HEAD_BYTES, this.file.size)
    if (at >= this.start && end <= this.start + this.window.length) return
    this.window = new Uint8Array(await this.file.slice(at, at + WINDOW_BYTES).arrayBuffer())
    this.start = at
  }

  /** A number beyond 2^53, such as a negative one, loses its last digits. @returns it, and where it ends */
  private varint(at: number): [value: number, end: number] {
    let value = 0
    let factor = 1
    for (let i = at - this.start; i < at - this.start + 10; i++) {
      if (i >= this.window.length) throw new ProtoError(true)
      const byte = this.window[i]
      value += (byte & 127) * factor
      if (byte < 128) return [value, this.start + i + 1]
      factor *= 128
    }
    throw new ProtoError(false)
  }
}
