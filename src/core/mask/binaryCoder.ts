/** Both ends of the interval have 24 bits: small integers are fast in every engine. */
const STATE_MASK = (1 << 24) - 1
const HALF = 1 << 15
/** A probability moves by 1/32 of the way towards each bit. */
const RATE = 5
/** Bytes that must be free for the next few bits, see `full`. */
const MARGIN = 32

/**
 * The contexts of an adaptive binary arithmetic coder: a context learns how probable a 1 is, and a bit costs -log2 of
 * the probability it had. All arithmetic is on integers, so that every browser makes the same bytes.
 * @returns 16-bit probabilities, all one half
 * @see Matt Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression", 2005: the arithmetic coder
 */
export function createContexts(count: number): Uint16Array {
  return new Uint16Array(count).fill(HALF)
}

/** The last number of the part of low..high (both included) that stands for a 1. */
function split(low: number, high: number, probability: number): number {
  const range = high - low
  const part = probability >> 4
  return low + (range >> 12) * part + (((range & 4095) * part) >> 12)
}

function learn(contexts: Uint16Array, context: number, bit: number): void {
  const probability = contexts[context]
  contexts[context] = bit
    ? probability + ((65_535 - probability) >> RATE)
    : probability - (probability >> RATE)
}

export class BinaryEncoder {
  private low = 0
  private high = STATE_MASK
  private size = 0
  private readonly out: Uint8Array

  /** @param out the caller stops when it is `full`: bytes beyond its end are lost */
  constructor(out: Uint8Array) {
    this.out = out
  }

  /** True where fewer than 32 bytes are free: up to 16 more bits are safe. */
  get full(): boolean {
    return this.size + MARGIN > this.out.length
  }

  /** @param bit 0 or 1 */
  encode(contexts: Uint16Array, context: number, bit: number): void {
    const middle = split(this.low, this.high, contexts[context])
    if (bit) this.high = middle
    else this.low = middle + 1
    learn(contexts, context, bit)
    while ((this.low ^ this.high) >> 16 === 0) {
      this.out[this.size++] = this.high >> 16
      this.low = (this.low << 8) & STATE_MASK
      this.high = ((this.high << 8) & STATE_MASK) | 255
    }
  }

  /** @returns a copy of the bytes; to be called once */
  finish(): Uint8Array<ArrayBuffer> {
    // The shortest number in low..high: the decoder reads zeros after the last byte.
    this.out[this.size++] = (this.low >> 16) + 1
    return this.out.slice(0, this.size)
  }
}

export class BinaryDecoder {
  private low = 0
  private high = STATE_MASK
  private code = 0
  private at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    for (let k = 0; k < 3; k++) this.code = this.next()
  }

  decode(contexts: Uint16Array, context: number): number {
    const middle = split(this.low, this.high, contexts[context])
    const bit = this.code <= middle ? 1 : 0
    if (bit) this.high = middle
    else this.low = middle + 1
    learn(contexts, context, bit)
    while ((this.low ^ this.high) >> 16 === 0) {
      this.low = (this.low << 8) & STATE_MASK
      this.high = ((this.high << 8) & STATE_MASK) | 255
      this.code = this.next()
    }
    return bit
  }

  private next(): number {
    return ((this.code << 8) & STATE_MASK) | (this.bytes[this.at++] ?? 0)
  }
}
