import { halveLevel, holeDepths, sourcePatches, type Level, writeTexture } from './level'

/**
 * How neighbouring seeds differ: how far a patch may come from, and where the search starts. Farther patches repeat less,
 * nearer ones keep light and perspective.
 */
const VARIANTS = [
  { locality: 6400, stopRadius: 8 },
  { locality: 800, stopRadius: 5 },
  { locality: 2400, stopRadius: 3 },
  { locality: 213, stopRadius: 4 },
] as const
/** Factor of the locality for a hole that the picture's edge closes off: near patches fit its one border better. */
const SIDE_LOCALITY = 3
/** The locality counts distances in this many depths of the hole. */
const REACH_DEPTHS = 32
/** Holes less deep than this count as this deep, px: the best source of a scratch may lie further off. */
const MIN_DEPTH = 16
/** The coarsest level's shorter side is at least this, px. */
const MIN_SIDE = 24
const MIN_SOURCES = 50
const PATCH_RADII = [3, 2, 1] as const

export interface Plan {
  /** Finest first. Those that are done with may be taken off the end. */
  readonly levels: Level[]
  /** By level: of its patches, px. Coarse levels have room for smaller ones only. */
  readonly radii: readonly number[]
  /** By level: what a patch costs for each px squared that it comes from, in squared levels of one of its values. */
  readonly locality: number
}

/**
 * Makes the levels and chooses the patch radius of each.
 * @param maxRadius of patches, px
 * @param report called with the progress, 0..1, or with less to say that it goes on
 * @returns null where there is not even one small patch to copy from
 */
export function planLevels(
  base: Level,
  seed: number,
  maxRadius: number,
  report: (part: number) => void,
): Plan | null {
  const { width, height, hole } = base
  const radius = radiusFor(base, maxRadius, 1)
  if (radius === undefined) return null
  report(0.15)
  const settings = VARIANTS[Math.abs(seed) % VARIANTS.length]
  let depth = 0
  const depths = holeDepths(base)
  for (let p = 0; p < depths.length; p++) if (depths[p] > depth) depth = depths[p]
  const fullDepth = depth
  const thin = depth <= settings.stopRadius
  report(0.25)
  const tick = () => report(0)
  writeTexture(base, thin ? 1 : 4, tick)
  report(0.5)
  const levels = [base]
  const radii: number[] = [radius]
  while (depth > settings.stopRadius) {
    const last = levels.at(-1)!
    if (Math.min(last.width, last.height) < 2 * MIN_SIDE) break
    const next = halveLevel(last, tick)
    const nextRadius = radiusFor(next, radius, MIN_SOURCES)
    if (nextRadius === undefined) break
    writeTexture(next, 4, tick)
    levels.push(next)
    radii.push(nextRadius)
    report(1 - 0.5 ** (levels.length + 1))
    depth /= 2
  }
  const reach = REACH_DEPTHS * Math.max(MIN_DEPTH, fullDepth)
  const locality = settings.locality * (isClosedOff(hole, width, height) ? SIDE_LOCALITY : 1)
  return { levels, radii, locality: locality / (reach * reach) }
}

/** @returns the largest radius with enough patches to copy from; undefined where there is none */
function radiusFor(level: Level, maxRadius: number, minSmallest: number): number | undefined {
  return PATCH_RADII.filter((r) => r <= maxRadius).find(
    (r) => countPatches(level, r) >= (r > 1 ? MIN_SOURCES : minSmallest),
  )
}

function countPatches(level: Level, radius: number): number {
  const flags = sourcePatches(level, radius)
  let count = 0
  for (let p = 0; p < flags.length; p++) count += flags[p]
  return count
}

/** @returns true for a hole along a whole side of the picture, or around a corner of it */
function isClosedOff(hole: Uint8Array, width: number, height: number): boolean {
  const row = (y: number) => hole.subarray(y * width, (y + 1) * width)
  const column = (x: number) => Uint8Array.from({ length: height }, (_, y) => hole[y * width + x])
  const sides = [row(0), column(width - 1), row(height - 1), column(0)]
  if (sides.some((side) => !side.includes(0))) return true
  const corners = [0, width - 1, (height - 1) * width, height * width - 1]
  return corners.some((corner) => hole[corner] === 1)
}
