import type { Random } from '../random'
import type { OffsetField } from './offsetField'

const NEAR_CANDIDATES = 48
const FAR_CANDIDATES = 16

/**
 * The first guess at the coarsest level: the hole is filled ring by ring from its border inwards, each pixel from the
 * source patch that fits best to what is there already.
 * @param tick called with the number of pixels done since
 */
export function onionPeel(field: OffsetField, random: Random, tick: (pixels: number) => void): void {
  const { level, sources, valid } = field
  const { width, height, hole, known, color } = level
  const filled = known.slice()
  const origin = new Int32Array(width * height).fill(-1)
  let rest: number[] = []
  for (let p = 0; p < hole.length; p++) if (hole[p]) rest.push(p)
  const reach = Math.max(16, Math.min(width, height) >> 2)
  while (rest.length > 0) {
    const ring = rest.filter((p) => hasFilledNeighbour(filled, p, width, height))
    // A hole that touches nothing filled (all around is transparent) starts anywhere.
    const front = ring.length > 0 ? ring : rest.slice(0, 1)
    for (const p of front) {
      const source = bestSource(p)
      origin[p] = source
      color[p] = color[source]!
    }
    for (const p of front) filled[p] = 1
    rest = rest.filter((p) => !filled[p])
    tick(front.length)
  }

  function bestSource(p: number): number {
    const x = p % width
    const y = (p / width) | 0
    let best = sources[random.below(sources.length)]
    let bestCost = partialCost(p, best, Infinity)
    const consider = (candidate: number) => {
      const cost = partialCost(p, candidate, bestCost)
      if (cost < bestCost) {
        bestCost = cost
        best = candidate
      }
    }
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue
        const q = p + dy * width + dx
        const from = origin[q]
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
    for (let k = 0; k < FAR_CANDIDATES; k++) consider(sources[random.below(sources.length)])
    return best
  }

  /** Squared differences over the filled part of the patch around p. */
  function partialCost(p: number, source: number, limit: number): number {
    const r = field.radius
    const x = p % width
    const y = (p / width) | 0
    let sum = 0
    for (let dy = -r; dy <= r && sum < limit; dy++) {
      if (y + dy < 0 || y + dy >= height) continue
      for (let dx = -r; dx <= r; dx++) {
        if (x + dx < 0 || x + dx >= width) continue
        const q = p + dy * width + dx
        if (!filled[q]) continue
        const a = color[q]
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

function hasFilledNeighbour(filled: Uint8Array, p: number, width: number, height: number): boolean {
  const x = p % width
  const y = (p / width) | 0
  return (
    (x > 0 && filled[p - 1] === 1) ||
    (x + 1 < width && filled[p + 1] === 1) ||
    (y > 0 && filled[p - width] === 1) ||
    (y + 1 < height && filled[p + width] === 1)
  )
}
