import type { EdgeEnd } from './edgeEnds'
import { square } from './leastSquares'

/**
 * More ends for each px of the rim are a texture, from which those stand out that are this much longer than the median;
 * where that is this long, px, they are lines, as of rails or of a stem.
 */
export const MAX_DENSITY = 0.05
const LONG = 5
const MIN_LINE = 32
/** Lines run one way where no more than this share of them runs across the others. */
const MAX_ACROSS = 0.1

/** Short edges everywhere are a texture, which goes on by itself: only those much longer than most stand out. */
export function standingOut(ends: readonly EdgeEnd[]): readonly EdgeEnd[] {
  const lengths = ends.map(({ trace }) => trace.length).toSorted((a, b) => a - b)
  const median = lengths[lengths.length >> 1]
  return median >= MIN_LINE ? ends : ends.filter(({ trace }) => trace.length >= LONG * median)
}

/** @returns whether edges run one way, as rails do, and not across each other, as the joints of bricks */
export function isOneWay(ends: readonly EdgeEnd[]): boolean {
  // The mean of doubled angles, in which a line has one direction, is as long as they agree.
  const sum = { x: 0, y: 0 }
  for (const { into } of ends) {
    sum.x += into.x * into.x - into.y * into.y
    sum.y += 2 * into.x * into.y
  }
  return square(sum.x) + square(sum.y) >= square((1 - 2 * MAX_ACROSS) * ends.length)
}
