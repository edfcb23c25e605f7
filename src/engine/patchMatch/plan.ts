import { ringsAround } from '../../core/image/mixedRim'
import { KIND_COUNT } from '../fillEngine'
import { Random } from '../random'
import { type DominantOffsets, dominantOffsets, NO_OFFSETS, withWays } from './dominantOffsets'
import { keepForeignOut } from './foreign'
import { holeDepths, ownPart, sourcePatches, type Level } from './level'
import { halveLevel, writeTexture } from './pyramid'

interface Kind {
  /** What distance costs: little of it repeats less, much keeps light and perspective. */
  readonly locality: number
  /** The coarsest level's hole is at most this deep, px. */
  readonly stopRadius: number
  /** Of patches, px, beside what was asked for. */
  readonly wider: number
  /** Distance costs less at offsets by which the picture repeats itself. */
  readonly repeats: boolean
}

/**
 * What distance costs at least where a quarter of the rim is smooth: patches from afar bring pieces of what stands there,
 * which thin out on coarse levels, and leave a bit of a mast in the sky.
 */
const SMOOTH_LOCALITY = 6400
/** Up to this the texture channel of the coarsest level, where noise has averaged out, is smooth. */
const MAX_SMOOTH = 12
/** There is something to bring where this share of the known pixels has as much texture. */
const MIN_STRUCTURE = 36
const STRUCTURE_SHARE = 0.01
/**
 * What neighbouring seeds make differs in kind, the most trusted first: with the picture's own repeats, of patches from
 * anywhere, of larger ones, of near ones.
 */
const KINDS = [
  { locality: 6400, stopRadius: 5, wider: 0, repeats: true },
  { locality: 800, stopRadius: 5, wider: 0, repeats: false },
  { locality: 2400, stopRadius: 3, wider: 1, repeats: false },
  { locality: 6400, stopRadius: 8, wider: 0, repeats: false },
] as const satisfies readonly Kind[] & { readonly length: typeof KIND_COUNT }
/** Factor of the locality for a hole that the picture's edge closes off: near patches fit its one border better. */
const SIDE_LOCALITY = 3
/** The locality counts distances in this many depths of the hole. */
const REACH_DEPTHS = 32
/** Holes less deep than this count as this deep, px: the best source of a scratch may lie further off. */
const MIN_DEPTH = 16
/** The coarsest level's shorter side is at least this, px. */
const MIN_SIDE = 24
const MIN_SOURCES = 50
const PATCH_RADII = [4, 3, 2, 1] as const

export interface Plan {
  /** Finest first. Those that are done with may be taken off the end. */
  readonly levels: Level[]
  /** By level: of its patches, px. Coarse levels have room for smaller ones only. */
  readonly radii: readonly number[]
  /** By level: what a patch costs for each px squared that it comes from, in squared levels of one of its values. */
  readonly locality: number
  /** By level. */
  readonly offsets: readonly DominantOffsets[]
}

/**
 * @param maxRadius of patches as asked for, px
 * @returns that of the finest level's; undefined where there is not even one small patch to copy from
 */
export function finestRadius(
  base: Level,
  seed: number,
  maxRadius: number,
  tick: () => void,
): number | undefined {
  return radiusFor(base, maxRadius + kindOf(seed).wider, 1, tick)
}

function kindOf(seed: number): Kind {
  return KINDS[Math.abs(seed) % KIND_COUNT]
}

/**
 * Makes the levels and chooses the patch radius of each.
 * @param radius of the finest level's patches, px
 * @param isFree patches may be copied from where the engine thinks best
 * @param report called with the progress, 0..1, or with less to say that it goes on
 * @param ways from a pixel to the same one in each copy of a plane, px
 */
export function planLevels(
  base: Level,
  seed: number,
  radius: number,
  isFree: boolean,
  report: (part: number) => void,
  ways: readonly (readonly [number, number])[] = [],
): Plan {
  const { width, hole, rows: height = base.height } = base
  const isAdapted = base.rows !== undefined && ways.length === 0
  const settings = kindOf(seed)
  const tick = () => report(0)
  report(0.15)
  let depth = 0
  const depths = holeDepths(base, tick)
  for (let p = 0; p < depths.length; p++) if (depths[p] > depth) depth = depths[p]
  const fullDepth = depth
  const thin = depth <= settings.stopRadius
  report(0.25)
  writeTexture(base, thin ? 1 : 4, tick)
  report(0.5)
  const levels = [base]
  const radii: number[] = [radius]
  while (depth > settings.stopRadius) {
    const last = levels.at(-1)!
    if (Math.min(last.width, last.rows ?? last.height) < 2 * MIN_SIDE) break
    const next = halveLevel(last, tick)
    const nextRadius = radiusFor(next, radius, MIN_SOURCES, tick)
    if (nextRadius === undefined) break
    writeTexture(next, 4, tick)
    levels.push(next)
    radii.push(nextRadius)
    report(1 - 0.5 ** (levels.length + 1))
    depth /= 2
  }
  const reach = REACH_DEPTHS * Math.max(MIN_DEPTH, fullDepth)
  const coarsest = levels[levels.length - 1]
  const isSmooth = !thin && isSmoothAround(coarsest) && hasStructure(coarsest)
  tick()
  const locality = isSmooth ? Math.max(SMOOTH_LOCALITY, settings.locality) : settings.locality
  if (isFree) keepForeignOut(levels, radii, tick)
  tick()
  // The way to an adapted copy is as far as that through the picture.
  const price =
    ((isClosedOff(hole, width, height) ? SIDE_LOCALITY : 1) * (height / base.height) ** 2) / (reach * reach)
  const offsets =
    settings.repeats && !isSmooth && !isAdapted
      ? dominantOffsets(levels.map(ownPart), radii, new Random(seed), tick)
      : levels.map(() => NO_OFFSETS)
  return {
    levels,
    radii,
    locality: locality * price,
    offsets: offsets.map((own, k) => withWays(own, ways, k)),
  }
}

/** @returns whether a quarter of the known pixels beside the hole has hardly any texture */
function isSmoothAround({ hole, known, color, width }: Level): boolean {
  const textures: number[] = []
  for (const p of ringsAround(hole, width)[0]) if (known[p]) textures.push(color[p] >>> 24)
  const quartile = textures.toSorted((a, b) => a - b)[textures.length >> 2] ?? 0
  return quartile <= MAX_SMOOTH
}

function hasStructure({ known, color }: Level): boolean {
  let [count, rough] = [0, 0]
  for (let p = 0; p < known.length; p++) {
    if (!known[p]) continue
    count++
    if (color[p] >>> 24 >= MIN_STRUCTURE) rough++
  }
  return rough >= STRUCTURE_SHARE * count
}

/** @returns the largest radius with enough patches to copy from; undefined where there is none */
function radiusFor(
  level: Level,
  maxRadius: number,
  minSmallest: number,
  tick: () => void,
): number | undefined {
  return PATCH_RADII.filter((r) => r <= maxRadius).find(
    (r) => countPatches(level, r, tick) >= (r > 1 ? MIN_SOURCES : minSmallest),
  )
}

function countPatches(level: Level, radius: number, tick: () => void): number {
  const flags = sourcePatches(level, radius, tick)
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
