import { halveLevel, holeDepths, knownPatches, type Level, writeTexture } from './level'

/** How neighbouring seeds differ: how far a patch may come from, and where the search starts. */
const VARIANTS = [
  { locality: 6400, stopRadius: 8 },
  { locality: 800, stopRadius: 5 },
  { locality: 64_000, stopRadius: 8 },
  { locality: 213, stopRadius: 4 },
] as const
/** Factor of the locality for a hole along a whole side (an extended picture): near patches fit its one border better. */
const SIDE_LOCALITY = 9
/** Holes deeper than this lower the locality, px: the few near patches would repeat. */
const LOCAL_DEPTH = 50
const MIN_SIDE = 48
const MIN_SOURCES = 50
const PATCH_RADII = [3, 2, 1] as const

export interface Plan {
  /** Finest first. */
  readonly levels: readonly Level[]
  readonly radius: number
  readonly locality: number
}

/**
 * Chooses the patch radius and makes the levels.
 * @param maxRadius of patches, px
 * @param report called with the progress, 0..1
 * @returns null where there is not even one small patch to copy from
 */
export function planLevels(
  base: Level,
  seed: number,
  maxRadius: number,
  report: (part: number) => void,
): Plan | null {
  const { width, height, hole } = base
  const radius = PATCH_RADII.filter((r) => r <= maxRadius).find(
    (r) => countPatches(base, r) >= (r > 1 ? MIN_SOURCES : 1),
  )
  if (radius === undefined) return null
  report(0.15)
  const settings = VARIANTS[Math.abs(seed) % VARIANTS.length]
  let depth = 0
  const depths = holeDepths(base)
  for (let p = 0; p < depths.length; p++) if (depths[p] > depth) depth = depths[p]
  const fullDepth = depth
  const thin = depth <= settings.stopRadius
  report(0.25)
  writeTexture(base, thin ? 1 : 4)
  report(0.5)
  const levels = [base]
  while (depth > settings.stopRadius) {
    const last = levels.at(-1)!
    if (Math.min(last.width, last.height) < 2 * MIN_SIDE) break
    const next = halveLevel(last)
    if (countPatches(next, radius) < MIN_SOURCES) break
    writeTexture(next, 4)
    levels.push(next)
    report(1 - 0.5 ** (levels.length + 1))
    depth /= 2
  }
  const oneSided = spansSide(hole, width, height)
  return {
    levels,
    radius,
    locality: (settings.locality * (oneSided ? SIDE_LOCALITY : 1)) / Math.max(1, fullDepth / LOCAL_DEPTH),
  }
}

function countPatches(level: Level, radius: number): number {
  const flags = knownPatches(level, radius)
  let count = 0
  for (let p = 0; p < flags.length; p++) count += flags[p]
  return count
}

function spansSide(hole: Uint8Array, width: number, height: number): boolean {
  const row = (y: number) => hole.subarray(y * width, (y + 1) * width).every((flag) => flag === 1)
  const column = (x: number) => {
    for (let y = 0; y < height; y++) if (!hole[y * width + x]) return false
    return true
  }
  return row(0) || row(height - 1) || column(0) || column(width - 1)
}
