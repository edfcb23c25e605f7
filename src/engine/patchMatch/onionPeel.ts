import type { Size } from '../../core/geometry'
import type { Random } from '../random'
import { boxIndex, flagsIn, indicesOf, levelIndex } from './level'
import type { OffsetField } from './offsetField'

/** How many random sources are tried for a pixel: near it, and anywhere, or at offsets by which the picture repeats itself. */
export const NEAR_CANDIDATES = 48
export const FAR_CANDIDATES = 16

/** Finds the best source of each pixel of a ring, all in pixels of the field's box; their colours and origins are written. */
export interface Peeler {
  ring(front: Int32Array<ArrayBuffer>, random: Random): void
  /** Makes the ring's pixels count as filled. */
  close(front: Int32Array): void
  /** By pixel of the box: its source in the level, or -1. */
  origins(): Int32Array
}

/** Reach of the near sources of a pixel, px. */
export function peelReach({ level }: OffsetField): number {
  return Math.max(16, Math.min(level.width, level.height) >> 2)
}

/** What is there before the first ring, by pixel of the box: the known ones, and those whose patches were placed, with their sources. */
export function peelStart({ level, box, targets, match, placed }: OffsetField): {
  readonly filled: Uint8Array
  readonly origin: Int32Array<ArrayBuffer>
} {
  const filled = flagsIn(level.known, level.width, box)
  const origin = new Int32Array(filled.length).fill(-1)
  for (let i = 0; i < targets.length; i++) {
    if (!placed[i]) continue
    const q = boxIndex(box, level.width, targets[i])
    origin[q] = match[i]
    filled[q] = 1
  }
  return { filled, origin }
}

/** Gives the pixels whose patches were placed the colours of their sources. */
export function paintPlaced({ level, targets, match, placed }: OffsetField): void {
  for (let i = 0; i < targets.length; i++)
    if (placed[i] && level.hole[targets[i]]) level.color[targets[i]] = level.color[match[i]]
}

/**
 * The first guess at the coarsest level: the hole is filled ring by ring from its border inwards, each pixel from the
 * source patch that best fits the pixels filled so far. The matches are these sources.
 * @param tick called with the number of pixels done since
 */
export function onionPeel(
  field: OffsetField,
  peeler: Peeler,
  random: Random,
  tick: (pixels: number) => void,
): void {
  const { box, level } = field
  const { filled } = peelStart(field)
  let inner = indicesOf(flagsIn(level.hole, level.width, box)).filter((q) => !filled[q])
  while (inner.length > 0) {
    const ring = inner.filter((q) => hasFilledNeighbour(filled, q, box))
    // A hole with only transparent pixels around it starts anywhere.
    const front = ring.length > 0 ? ring : inner.slice(0, 1)
    peeler.ring(front, random)
    for (const q of front) filled[q] = 1
    peeler.close(front)
    inner = inner.filter((q) => !filled[q])
    tick(front.length)
  }
  const origins = peeler.origins()
  for (let i = 0; i < field.targets.length; i++) {
    if (field.placed[i]) continue
    const from = origins[boxIndex(box, level.width, field.targets[i])]
    field.match[i] = from >= 0 ? from : field.randomSource(random)
  }
}

/** The TypeScript reference. */
export function scriptPeeler(field: OffsetField): Peeler {
  const { level, box, valid } = field
  const sources = field.sources()
  const { width, height, color } = level
  const { filled, origin } = peelStart(field)
  const reach = peelReach(field)
  return {
    ring(front, random) {
      for (const q of front) {
        const p = levelIndex(box, width, q)
        const source = bestSource(p, q, random)
        origin[q] = source
        color[p] = color[source]
      }
    },
    close(front) {
      for (const q of front) filled[q] = 1
    },
    origins: () => origin,
  }

  /** @param at the pixel in the box */
  function bestSource(p: number, at: number, random: Random): number {
    const x = p % width
    const y = (p / width) | 0
    let best = sources[random.below(sources.length)]
    let bestCost = partialCost(p, at, best, 0x7fffffff)
    const consider = (candidate: number) => {
      const cost = partialCost(p, at, candidate, bestCost)
      if (cost < bestCost) {
        bestCost = cost
        best = candidate
      }
    }
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue
        const from = origin[at + dy * box.width + dx]
        if (from < 0) continue
        const candidate = from - dy * width - dx
        if (valid[candidate]) consider(candidate)
      }
    }
    for (let k = 0; k < NEAR_CANDIDATES; k++) {
      const px = x + random.around(reach)
      const py = y + random.around(reach)
      if (px < 0 || py < 0 || px >= width || py >= height) continue
      if (valid[py * width + px]) consider(py * width + px)
    }
    const { pairs } = field.offsets
    for (let k = 0; k < FAR_CANDIDATES && pairs.length > 0; k++) {
      const pair = 2 * random.below(pairs.length >> 1)
      const px = x + pairs[pair]
      const py = y + pairs[pair + 1]
      if (px < 0 || py < 0 || px >= width || py >= height) continue
      if (valid[py * width + px]) consider(py * width + px)
    }
    for (let k = 0; k < FAR_CANDIDATES && pairs.length === 0; k++)
      consider(sources[random.below(sources.length)])
    return best
  }

  /** Squared differences over the filled part of the patch around p, and what is foreign. */
  function partialCost(p: number, at: number, source: number, limit: number): number {
    const r = field.radius
    const x = p % width
    const y = (p / width) | 0
    let sum = (valid[source] - 1) * field.foreignPrice
    for (let dy = -r; dy <= r && sum < limit; dy++) {
      if (y + dy < 0 || y + dy >= height) continue
      for (let dx = -r; dx <= r; dx++) {
        if (x + dx < 0 || x + dx >= width) continue
        if (!filled[at + dy * box.width + dx]) continue
        const a = color[p + dy * width + dx]
        const b = color[source + dy * width + dx]
        const red = (a & 255) - (b & 255)
        const green = ((a >>> 8) & 255) - ((b >>> 8) & 255)
        const blue = ((a >>> 16) & 255) - ((b >>> 16) & 255)
        const texture = (a >>> 24) - (b >>> 24)
        sum += red * red + green * green + blue * blue + texture * texture
      }
    }
    return sum
  }
}

function hasFilledNeighbour(filled: Uint8Array, q: number, { width, height }: Size): boolean {
  const x = q % width
  const y = (q / width) | 0
  return (
    (x > 0 && filled[q - 1] === 1) ||
    (x + 1 < width && filled[q + 1] === 1) ||
    (y > 0 && filled[q - width] === 1) ||
    (y + 1 < height && filled[q + width] === 1)
  )
}
