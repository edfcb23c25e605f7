import type { RgbaImage } from './raster'

/** How far from the mask a pixel can be a mix of what it covers and what it leaves, px. */
const REACH = 3
/** Half the side of the window in which both are averaged, px. */
const WINDOW = 6
/** Colours that are closer than this tell nothing, levels. */
const MIN_CONTRAST = 40
/** A mix holds at least this share of what is covered. */
const MIN_SHARE = 0.12
/** What a mix leaves unexplained, as a share of the contrast. */
const MAX_REST = 0.25
/** The surroundings vary by themselves: a mix lies further off, in their standard deviations. */
const MIN_DEVIATIONS = 3
/** A mask is too tight where this share of the pixels that touch it is a mix; the odd one is chance. */
const MIN_RIM_SHARE = 0.25
/** Pixels between two ticks, less one. */
const TICK_MASK = 2 ** 18 - 1
/** Pixels of the rim that are looked at before all of it is. */
const MAX_SAMPLE = 5000

/**
 * Finds the pixels beside a mask that are a mix, in colour or in alpha, of what it covers and what is around: the edge of an
 * object that the mask has not quite taken in.
 * @param covered above 0 where the mask is, a value a pixel
 * @param tick called every few ms
 * @returns their indices; none where the mask takes in all that it is drawn around
 * @see Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting", 2008
 */
export function mixedRim(
  { width, height, data }: RgbaImage,
  covered: Uint8Array,
  tick?: () => void,
): number[] {
  const rings = ringsAround(covered, width, tick)
  const rim = rings.flat()
  const isRim = new Uint8Array(covered.length)
  for (const p of rim) isRim[p] = 1
  tick?.()
  const sides = new Sides()
  const isMix = (p: number) => {
    if (data[p * 4 + 3] === 0) return false
    const x = p % width
    const y = (p / width) | 0
    sides.reset()
    for (let j = Math.max(0, y - WINDOW); j <= Math.min(height - 1, y + WINDOW); j++) {
      for (let i = Math.max(0, x - WINDOW); i <= Math.min(width - 1, x + WINDOW); i++) {
        const q = j * width + i
        if (isRim[q]) continue
        sides.addAlpha(covered[q] > 0, data[q * 4 + 3])
        if (data[q * 4 + 3] === 0) continue
        if (covered[q]) sides.addInside(data, q * 4)
        else sides.addAround(data, q * 4)
      }
    }
    return sides.isMix(data, p * 4)
  }
  // A speckled mask has a rim of millions: a sample tells what it is.
  const stride = Math.ceil(rings[0].length / MAX_SAMPLE)
  const sample = rings[0].filter((_, k) => k % stride === 0)
  const mixed = sample.filter(isMix).length
  if (mixed === 0 || mixed < MIN_RIM_SHARE * sample.length) return []
  return rim.filter(isMix)
}

/** @returns the pixels outside a mask that are 1, 2 and 3 px from it */
export function ringsAround(covered: Uint8Array, width: number, tick: () => void = () => {}): number[][] {
  const taken = covered.slice()
  const free = (p: number) => taken[p] === 0 && (taken[p] = 1) === 1
  const grow = (p: number, into: number[]) => {
    const x = p % width
    if (x > 0 && free(p - 1)) into.push(p - 1)
    if (x + 1 < width && free(p + 1)) into.push(p + 1)
    if (p >= width && free(p - width)) into.push(p - width)
    if (p + width < taken.length && free(p + width)) into.push(p + width)
  }
  const first: number[] = []
  for (let p = 0; p < covered.length; p++) {
    if ((p & TICK_MASK) === 0) tick()
    if (covered[p]) grow(p, first)
  }
  const rings = [first]
  while (rings.length < REACH) {
    const next: number[] = []
    for (const p of rings.at(-1)!) grow(p, next)
    rings.push(next)
  }
  return rings
}

/** The mean colours on both sides of a mask's edge, and how the outer one varies. */
class Sides {
  private readonly inside = new Float64Array(4)
  private readonly around = new Float64Array(5)
  /** Sum and count. */
  private readonly insideAlpha = new Float64Array(2)
  private aroundAlpha = 255

  reset(): void {
    this.inside.fill(0)
    this.around.fill(0)
    this.insideAlpha.fill(0)
    this.aroundAlpha = 255
  }

  addAlpha(isInside: boolean, alpha: number): void {
    if (isInside) {
      this.insideAlpha[0] += alpha
      this.insideAlpha[1]++
    } else this.aroundAlpha = Math.min(this.aroundAlpha, alpha)
  }

  addInside(data: Uint8ClampedArray, i: number): void {
    for (let c = 0; c < 3; c++) this.inside[c] += data[i + c]
    this.inside[3]++
  }

  addAround(data: Uint8ClampedArray, i: number): void {
    for (let c = 0; c < 3; c++) {
      this.around[c] += data[i + c]
      this.around[4] += data[i + c] * data[i + c]
    }
    this.around[3]++
  }

  /** True where the colour lies on the line from what is around to what is inside, and off its start. */
  isMix(data: Uint8ClampedArray, i: number): boolean {
    const { inside, around, insideAlpha, aroundAlpha } = this
    const isFading = data[i + 3] < aroundAlpha && 2 * insideAlpha[0] < aroundAlpha * insideAlpha[1]
    if (isFading) return true
    if (inside[3] === 0 || around[3] === 0) return false
    let contrast = 0
    let along = 0
    let off = 0
    let spread = around[4] / around[3]
    for (let c = 0; c < 3; c++) {
      const from = around[c] / around[3]
      const way = inside[c] / inside[3] - from
      const here = data[i + c] - from
      contrast += way * way
      along += here * way
      off += here * here
      spread -= from * from
    }
    if (contrast < MIN_CONTRAST * MIN_CONTRAST) return false
    const share = along / contrast
    const rest = off - share * share * contrast
    return (
      share > MIN_SHARE &&
      rest < MAX_REST * MAX_REST * contrast &&
      share * share * contrast > MIN_DEVIATIONS * MIN_DEVIATIONS * Math.max(0, spread)
    )
  }
}
