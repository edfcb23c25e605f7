import type { Level } from './level'

/** Of a colour packed as in a level: red, green, blue and texture. */
const SHIFTS = [0, 8, 16, 24] as const
/** A rim is of one colour where this share of it is no more than so many levels off it, in each channel and in texture. */
const UNIFORM_SHARE = 0.85
const GRAIN = 8
/** It stands before something else where this share of the picture is off it: a faint line on a wall is the wall's own. */
const MIN_ELSE = 0.2
/** By one pixel in so many. */
const SAMPLED = 17
/** Colours that touch the hole are told by cells of this many bits less, in each channel and in texture. */
const DROPPED = 3
const BITS = 8 - DROPPED

/** By packed colour: how many levels it is off a rim beyond the rim's grain, in the channel where it is most, or in texture. */
export type OffRim = (color: number) => number

/**
 * Of a rim of one colour, as of a sign around its text, a small difference tells what is behind: foliage as dark as the sign.
 * @param rim the known pixels beside the hole
 * @returns undefined where the rim is of several colours, or hardly anything is of another
 */
export function offUniformRim({ color, known }: Level, rim: readonly number[]): OffRim | undefined {
  const [red, green, blue, texture] = SHIFTS.map((shift) => median(color, rim, shift))
  const off: OffRim = (packed) => {
    const most = Math.max(
      Math.abs((packed & 255) - red),
      Math.abs(((packed >>> 8) & 255) - green),
      Math.abs(((packed >>> 16) & 255) - blue),
      Math.abs((packed >>> 24) - texture),
    )
    return most > GRAIN ? most - GRAIN : 0
  }
  const alike = rim.filter((p) => off(color[p]) === 0).length
  if (rim.length === 0 || alike < UNIFORM_SHARE * rim.length) return undefined
  let [all, others] = [0, 0]
  for (let p = 0; p < color.length; p += SAMPLED) {
    if (!known[p]) continue
    all++
    if (off(color[p]) > GRAIN) others++
  }
  return others >= MIN_ELSE * all ? off : undefined
}

function median(color: Int32Array, pixels: readonly number[], shift: number): number {
  const counts = new Int32Array(256)
  for (const p of pixels) counts[(color[p] >>> shift) & 255]++
  let value = 0
  for (let below = counts[0]; 2 * below < pixels.length; below += counts[value]) value++
  return value
}

/** A few packed colours, by their upper bits. */
export class FewColors {
  private cells: Uint8Array | undefined

  add(color: number): void {
    this.cells ??= new Uint8Array(1 << (SHIFTS.length * BITS))
    this.cells[cellOf(color)] = 1
  }

  has(color: number): boolean {
    return this.cells !== undefined && this.cells[cellOf(color)] === 1
  }
}

function cellOf(color: number): number {
  const above = (shift: number) => ((color >>> shift) & 255) >> DROPPED
  return (((((above(24) << BITS) | above(16)) << BITS) | above(8)) << BITS) | above(0)
}
