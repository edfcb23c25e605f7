/** Marsaglia's xorshift32: whole numbers only, so the same seed gives the same numbers in every browser. */
export class Random {
  /** The whole state: another implementation can continue from it. */
  state: number

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring states (murmur3's finaliser); 0 is the one state it cannot leave.
    let h = seed | 0
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    this.state = (h ^ (h >>> 16)) | 0 || 0x9e3779b9
  }

  /** A whole number in 0..bound-1. */
  below(bound: number): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x
    return (x >>> 0) % bound
  }

  /** A whole number in -reach..reach. */
  around(reach: number): number {
    return this.below(2 * reach + 1) - reach
  }
}
