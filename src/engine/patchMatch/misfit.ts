import type { OffsetField } from './offsetField'

/** Pixels between two ticks, less one. */
const TICK_MASK = 65_535

/**
 * How ill the copied pieces meet each other and the hole's rim: where neighbouring pixels come from places that are no
 * neighbours, by how much each differs from what lies beside the other's source. Of fills of one hole the least looks
 * most of a piece.
 * @returns the sum over the hole, squared levels
 * @see Agarwala et al., "Interactive Digital Photomontage", 2004
 */
export function misfitOf(field: OffsetField, tick: () => void): number {
  const { level, targets, match } = field
  const { width, color, hole, known } = level
  const off = (p: number, q: number) => {
    const [a, b] = [color[p], color[q]]
    const red = (a & 255) - (b & 255)
    const green = ((a >>> 8) & 255) - ((b >>> 8) & 255)
    const blue = ((a >>> 16) & 255) - ((b >>> 16) & 255)
    return red * red + green * green + blue * blue
  }
  // A pair of pixels in the hole is met from its first one, each of the rim from the hole.
  const meet = (p: number, from: number, step: number) => {
    const q = p + step
    if (known[q]) return 2 * off(from + step, q)
    if (step < 0 || !hole[q]) return 0
    const beside = field.matchAt(q)
    if (beside < 0 || beside === from + step) return 0
    return off(from + step, beside) + off(beside - step, from)
  }
  let sum = 0
  for (let i = 0; i < targets.length; i++) {
    if ((i & TICK_MASK) === TICK_MASK) tick()
    const p = targets[i]
    if (!hole[p]) continue
    // A patch is centred at p: its neighbours are inside the picture.
    const from = match[i]
    sum += meet(p, from, 1) + meet(p, from, -1) + meet(p, from, width) + meet(p, from, -width)
  }
  return sum
}
