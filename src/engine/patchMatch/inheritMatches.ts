import type { Random } from '../random'
import type { OffsetField } from './offsetField'

/** Tries to find a source that may be copied beside one that may not. */
const TRIES = 12
/** How far from its own place a target looks for one of the coarser level, px of that. */
const MAX_RING = 3

/**
 * Takes over the coarser level's matches for those that were not placed; without one, the nearest target's offset or a
 * random source.
 */
export function inheritMatches(field: OffsetField, coarse: OffsetField, random: Random): void {
  const { targets, match, placed, level } = field
  const { width } = level
  const coarseWidth = coarse.level.width
  for (let i = 0; i < targets.length; i++) {
    if (placed[i]) continue
    const p = targets[i]
    const x = p % width
    const y = (p / width) | 0
    const near = nearestTarget(coarse, x >> 1, y >> 1)
    let source = -1
    if (near >= 0) {
      const from = coarse.targets[near]
      const to = coarse.match[near]
      const dx = 2 * ((to % coarseWidth) - (from % coarseWidth))
      const dy = 2 * (((to / coarseWidth) | 0) - ((from / coarseWidth) | 0))
      source = validNear(field, x + dx, y + dy, random)
    }
    match[i] = source >= 0 ? source : field.randomSource(random)
  }
}

/** The target nearest to (x, y), or -1. */
function nearestTarget(field: OffsetField, x: number, y: number): number {
  for (let ring = 0; ring <= MAX_RING; ring++) {
    for (let dy = -ring; dy <= ring; dy++) {
      for (let dx = -ring; dx <= ring; dx++) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) !== ring) continue
        const i = field.targetOf(x + dx, y + dy)
        if (i >= 0) return i
      }
    }
  }
  return -1
}

/** A valid source at (x, y), or found near it by a few random tries; else -1. */
function validNear({ level, valid }: OffsetField, x: number, y: number, random: Random): number {
  const { width, height } = level
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const px = x + random.around(attempt)
    const py = y + random.around(attempt)
    if (px < 0 || py < 0 || px >= width || py >= height) continue
    if (valid[py * width + px]) return py * width + px
  }
  return -1
}
