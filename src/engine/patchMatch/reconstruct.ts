import type { Rect } from '../../core/geometry'
import { boxIndex, dropDepths, flagsIn, holeDepths, indicesOf, levelIndex } from './level'
import type { OffsetField } from './offsetField'

/** e^-z for z = 0, 1/64 ... 16, by repeated multiplication: the language does not fix `Math.exp` to the bit. */
export const SIMILARITY = powers(0.984496437005408, 1025)
/**
 * A patch centred one pixel further inside counts half as much, so that colour flows from the border inwards. Deep inside
 * all count the same, so that the fronts that meet there can agree.
 */
const CONFIDENCE = powers(0.5, 10)

function powers(base: number, count: number): Float32Array<ArrayBuffer> {
  const out = new Float64Array(count)
  out[0] = 1
  for (let i = 1; i < count; i++) out[i] = out[i - 1] * base
  return Float32Array.from(out)
}

/** Targets between two ticks, less one. */
const TICK_MASK = 8191

export interface Votes {
  readonly sums: Float32Array<ArrayBuffer>
  readonly totals: Float32Array<ArrayBuffer>
}

/**
 * Rebuilds the hole from the patches of a field: each pixel is the weighted mean of the patches over it. The ring of
 * known pixels around the hole is voted for too, apart from it: its error is the step at the seam. A core may move the
 * arrays into memory of its own.
 * @see Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007
 */
export class Reconstruction {
  private readonly field: OffsetField
  /** Called every few ms of long loops: progress is never silent. */
  readonly tick: () => void
  /** Hole pixels first, then the ring. */
  pixels: Int32Array<ArrayBuffer>
  readonly holeCount: number
  /** The field's. */
  readonly box: Rect
  private slots: Int32Array<ArrayBuffer> | null = null
  private votes: Votes | null = null
  /** By target. */
  confidence: Float32Array<ArrayBuffer>

  constructor(field: OffsetField, tick: () => void = () => {}) {
    this.field = field
    this.tick = tick
    const { width, hole, known } = field.level
    const { box } = field
    this.box = box
    const isKnown = flagsIn(known, width, box)
    const holes = indicesOf(flagsIn(hole, width, box))
    const isRing = new Uint8Array(isKnown.length)
    for (let i = 0; i < holes.length; i++) {
      const q = holes[i]
      const x = q % box.width
      if (x > 0 && isKnown[q - 1]) isRing[q - 1] = 1
      if (x + 1 < box.width && isKnown[q + 1]) isRing[q + 1] = 1
      if (q >= box.width && isKnown[q - box.width]) isRing[q - box.width] = 1
      if (q + box.width < isKnown.length && isKnown[q + box.width]) isRing[q + box.width] = 1
    }
    tick()
    const ring = indicesOf(isRing)
    this.holeCount = holes.length
    this.pixels = new Int32Array(holes.length + ring.length)
    this.pixels.set(holes)
    this.pixels.set(ring, holes.length)
    for (let i = 0; i < this.pixels.length; i++) this.pixels[i] = levelIndex(box, width, this.pixels[i])
    tick()
    const inside = holeDepths(field.level, tick)
    tick()
    this.confidence = new Float32Array(field.targets.length)
    for (let i = 0; i < field.targets.length; i++) {
      this.confidence[i] =
        CONFIDENCE[Math.min(CONFIDENCE.length - 1, inside[boxIndex(box, width, field.targets[i])])]!
    }
    dropDepths(field.level)
  }

  /** By pixel of the box: its index in `pixels`, or -1. Made when first asked for, as a core that adds up by pixel needs none. */
  get slot(): Int32Array<ArrayBuffer> {
    if (this.slots) return this.slots
    const { box, pixels, field } = this
    this.slots = new Int32Array(box.width * box.height).fill(-1)
    for (let i = 0; i < pixels.length; i++) this.slots[boxIndex(box, field.level.width, pixels[i])] = i
    return this.slots
  }

  /** By slot: weighted red, green, blue and texture, in single precision, so that SIMD gives the same bytes. */
  get sums(): Float32Array<ArrayBuffer> {
    return this.made.sums
  }

  /** By slot: the weights. */
  get totals(): Float32Array<ArrayBuffer> {
    return this.made.totals
  }

  /** Made when first asked for: a core may keep them elsewhere. */
  private get made(): Votes {
    const { length } = this.pixels
    return (this.votes ??= { sums: new Float32Array(length * 4), totals: new Float32Array(length) })
  }

  /** A core keeps them elsewhere. */
  keepVotes(votes: Votes): void {
    this.votes = votes
  }

  /** Frees the votes when they have been used. */
  dropVotes(): void {
    this.votes = null
  }

  /**
   * Votes and writes the hole's pixels into the level.
   * @param sharpness how strongly better matches outweigh the others: 0 not at all, 1 while iterating, 25 for the last
   * vote, close to the single best patch
   */
  vote(sharpness: number): void {
    const { field, box, slot, sums, totals } = this
    const { color, width } = field.level
    const r = field.radius
    sums.fill(0)
    totals.fill(0)
    this.forEachWeight(sharpness, (target, source, weight) => {
      const at = boxIndex(box, width, target)
      for (let dy = -r; dy <= r; dy++) {
        const row = source + dy * width
        const boxRow = at + dy * box.width
        for (let dx = -r; dx <= r; dx++) {
          const s = slot[boxRow + dx]
          if (s < 0) continue
          const c = color[row + dx]
          const k = s * 4
          sums[k] += Math.fround(weight * (c & 255))
          sums[k + 1] += Math.fround(weight * ((c >>> 8) & 255))
          sums[k + 2] += Math.fround(weight * ((c >>> 16) & 255))
          sums[k + 3] += Math.fround(weight * (c >>> 24))
          totals[s] += weight
        }
      }
    })
    for (let s = 0; s < this.holeCount; s++) {
      const k = s * 4
      const total = totals[s]
      if (total === 0) continue
      color[this.pixels[s]] =
        byte(Math.fround(sums[k] / total)) |
        (byte(Math.fround(sums[k + 1] / total)) << 8) |
        (byte(Math.fround(sums[k + 2] / total)) << 16) |
        (byte(Math.fround(sums[k + 3] / total)) << 24)
    }
  }

  /** Known minus voted colour on the ring after a vote; calls back with the pixel and the three differences. */
  forEachSeam(visit: (pixel: number, red: number, green: number, blue: number) => void): void {
    const { color } = this.field.level
    const { sums, totals } = this
    for (let s = this.holeCount; s < this.pixels.length; s++) {
      const k = s * 4
      const total = totals[s]
      if (total === 0) continue
      const p = this.pixels[s]
      const c = color[p]
      visit(
        p,
        (c & 255) - sums[k] / total,
        ((c >>> 8) & 255) - sums[k + 1] / total,
        ((c >>> 16) & 255) - sums[k + 2] / total,
      )
    }
  }

  /**
   * Calls back for each target with its match and the match's weight.
   * @param sharpness as in `vote`
   */
  forEachWeight(sharpness: number, visit: (target: number, source: number, weight: number) => void): void {
    const { targets, match, distance } = this.field
    const scale = this.distanceScale(sharpness)
    for (let i = 0; i < targets.length; i++) {
      const closeness = SIMILARITY[Math.min(1024, distance[i] * scale) | 0]
      visit(targets[i], match[i], Math.fround(closeness * this.confidence[i]))
      if ((i & TICK_MASK) === TICK_MASK) this.tick()
    }
  }

  /** The factor that turns a distance into an index of SIMILARITY. */
  distanceScale(sharpness: number): number {
    return sharpness > 0 ? (64 * sharpness) / (2 * Math.max(1, upperQuartile(this.field.distance))) : 0
  }
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}

/** The third quartile of the distances, to 1/2048 of the largest. */
function upperQuartile(values: Int32Array): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i]
  if (most === 0) return 0
  const bins = new Int32Array(2049)
  for (let i = 0; i < values.length; i++) bins[Math.floor((values[i] / most) * 2048)]++
  let seen = 0
  for (let bin = 0; bin < bins.length; bin++) {
    seen += bins[bin]
    if (seen >= values.length * 0.75) return ((bin + 1) / 2048) * most
  }
  return most
}
