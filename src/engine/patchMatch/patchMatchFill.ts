import { AppError } from '../../core/errors'
import type { RgbaImage } from '../../core/image/raster'
import type { FillEngine, FillQuality, FillRequest } from '../fillEngine'
import { Random } from '../random'
import { halveLevel, holeDepths, indicesOf, knownPatches, type Level, writeTexture } from './level'
import { blendSteps } from './gradientBlend'
import { continueSmoothly } from './membrane'
import { OffsetField } from './offsetField'
import { onionPeel } from './onionPeel'
import { Reconstruction } from './reconstruct'
import { type MakeCore, scriptCore } from './roundCore'

/** How neighbouring seeds differ: by how far a patch may come from, and where the search starts. */
const VARIANTS = [
  { locality: 6400, stopRadius: 8 },
  { locality: 800, stopRadius: 5 },
  { locality: 64_000, stopRadius: 8 },
  { locality: 213, stopRadius: 4 },
] as const

/** A hole along a whole side (an extended picture) is held by one border only: look closer by. */
const SIDE_LOCALITY = 9
/** Deeper holes than this look further away, px: what is near them is soon used up. */
const LOCAL_DEPTH = 50
/** How far the last vote leans towards the single best patch. */
const FINAL_SHARPNESS = 5
const MIN_SIDE = 48
const MIN_SOURCES = 50
const PATCH_RADII = [3, 2, 1] as const
/** Above this many patches a level is searched once, above the second it only takes over the coarser matches. */
const SEARCH_ONCE_ABOVE = 100_000
const INHERIT_ABOVE = 4_000_000

/**
 * Content-aware fill: coarse to fine, each level alternates between finding for every patch over the hole its best
 * source and rebuilding the hole from them; at the end a smooth
 * correction makes the colours meet at the seam, and small steps between patches are evened out.
 * @see Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007
 * @see Barnes et al., "PatchMatch", 2009
 */
export function patchMatchFill(makeCore: MakeCore = scriptCore): FillEngine {
  return {
    run: (request, onProgress) => fill(request, onProgress, makeCore),
  }
}

function fill(
  { image, mask, seed, quality, patchSide }: FillRequest,
  onProgress: (fraction: number) => void,
  makeCore: MakeCore,
): RgbaImage {
  const base = baseLevel(image, mask.data)
  const plan = planLevels(base, seed, patchSide >> 1)
  if (!base.hole.includes(1)) return { ...image, data: image.data.slice() }
  if (!base.known.includes(1)) throw new AppError('engine/no-source')
  if (plan) solve(plan, { seed, quality }, onProgress, makeCore)
  else diffuse(base)
  onProgress(1)
  return writeHole(image, base)
}

/** A pixel above 0 in the mask is a hole; a transparent one outside is no source. */
function baseLevel({ width, height, data }: RgbaImage, mask: Uint8Array): Level {
  const count = width * height
  const level: Level = {
    width,
    height,
    color: new Int32Array(count),
    hole: new Uint8Array(count),
    known: new Uint8Array(count),
  }
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    if (mask[p] > 0) level.hole[p] = 1
    else if (data[i + 3] > 0) {
      level.known[p] = 1
      level.color[p] = data[i] | (data[i + 1] << 8) | (data[i + 2] << 16)
    }
  }
  return level
}

interface Plan {
  /** Finest first. */
  readonly levels: readonly Level[]
  readonly radius: number
  readonly locality: number
  /** The hole reaches along a whole side of the picture. */
  readonly oneSided: boolean
}

/** null where there is not even one small patch to copy from. */
function planLevels(base: Level, seed: number, mostRadius: number): Plan | null {
  const { width, height, hole } = base
  const radius = PATCH_RADII.filter((r) => r <= mostRadius).find(
    (r) => countPatches(base, r) >= (r > 1 ? MIN_SOURCES : 1),
  )
  if (radius === undefined) return null
  const settings = VARIANTS[Math.abs(seed) % VARIANTS.length]
  let depth = 0
  const depths = holeDepths(base)
  for (let p = 0; p < depths.length; p++) if (depths[p] > depth) depth = depths[p]
  const fullDepth = depth
  const thin = depth <= settings.stopRadius
  writeTexture(base, thin ? 1 : 4)
  const levels = [base]
  while (depth > settings.stopRadius) {
    const last = levels.at(-1)!
    if (Math.min(last.width, last.height) < 2 * MIN_SIDE) break
    const next = halveLevel(last)
    if (countPatches(next, radius) < MIN_SOURCES) break
    writeTexture(next, 4)
    levels.push(next)
    depth /= 2
  }
  const oneSided = spansSide(hole, width, height)
  return {
    levels,
    radius,
    oneSided,
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

/** Rounds of search and vote, by level from the finest: what `fast` and `best` take instead. */
const ROUNDS: Readonly<Record<FillQuality, (level: number) => number>> = {
  fast: (level) => 1 + level,
  standard: (level) => 2 + 2 * level,
  best: (level) => 4 + 3 * level,
}

function roundsAt(level: number, targets: number, quality: FillQuality): number {
  if (targets > INHERIT_ABOVE) return 0
  if (targets > SEARCH_ONCE_ABOVE && quality !== 'best') return 1
  return Math.min(10, ROUNDS[quality](level))
}

function solve(
  { levels, radius, locality, oneSided }: Plan,
  { seed, quality }: Pick<FillRequest, 'seed' | 'quality'>,
  onProgress: (f: number) => void,
  makeCore: MakeCore,
) {
  const random = new Random(seed)
  const fields = levels.map((level) => new OffsetField(level, radius, locality))
  // Work is counted in patch visits: known in advance, so that progress is true.
  const coarsestLevel = levels[levels.length - 1]
  const firstGuess = indicesOf(coarsestLevel.hole).length * 8
  const visits = fields.map(
    (field, k) => field.targets.length * (3 * roundsAt(k, field.targets.length, quality) + 2),
  )
  const total = visits.reduce((sum, count) => sum + count, firstGuess)
  let done = 0
  const advance = (units: number) => {
    done += units
    onProgress(Math.min(0.999, done / total))
  }
  for (let k = levels.length - 1; k >= 0; k--) {
    const field = fields[k]
    const reconstruction = new Reconstruction(field)
    const coarsest = k === levels.length - 1
    if (!coarsest) field.inherit(fields[k + 1], random)
    const core = makeCore(field, reconstruction)
    if (coarsest) {
      onionPeel(field, core.peeler(), random, (pixels) => advance(pixels * 8))
      core.takeMatches()
    } else core.vote(0)
    advance(field.targets.length)
    const { width, height } = field.level
    const reach = k === 0 && levels.length > 1 ? 16 : Math.max(16, Math.min(width, height) >> 2)
    const rounds = roundsAt(k, field.targets.length, quality)
    for (let round = 0; round < rounds; round++) {
      core.refresh()
      advance(field.targets.length)
      core.pass(1, reach, random, advance)
      core.pass(-1, reach, random, advance)
      core.vote(round === rounds - 1 && k === 0 ? FINAL_SHARPNESS : 1)
    }
    core.sync()
    if (k === 0) {
      blendSeam(field.level, reconstruction)
      core.reload()
      const toRight = core.differences(FINAL_SHARPNESS, 1)
      const below = core.differences(FINAL_SHARPNESS, width)
      blendSteps(field, reconstruction, toRight, below, { relax: core.relax, oneSided })
    }
    advance(field.targets.length)
  }
}

/** Adds to the hole the smooth continuation of what the rebuilt ring is off: colours meet, texture stays. */
function blendSeam({ width, height, color }: Level, reconstruction: Reconstruction): void {
  const { pixels, holeCount } = reconstruction
  const ring: number[] = []
  const off: number[] = []
  reconstruction.forEachSeam((p, red, green, blue) => {
    ring.push(p)
    off.push(red, green, blue)
  })
  const known = { width, height, channels: 3, pixels: Int32Array.from(ring), values: Float32Array.from(off) }
  const holes = pixels.subarray(0, holeCount)
  const add = continueSmoothly(known, holes)
  for (let s = 0; s < holeCount; s++) {
    const c = color[holes[s]]
    color[holes[s]] =
      byte((c & 255) + add[s * 3]) |
      (byte(((c >>> 8) & 255) + add[s * 3 + 1]) << 8) |
      (byte(((c >>> 16) & 255) + add[s * 3 + 2]) << 16) |
      (c & 0xff000000)
  }
}

/** Where no patch can be copied: a smooth continuation of the known pixels. */
function diffuse({ width, height, hole, known, color }: Level): void {
  const pixels = indicesOf(known)
  const values = new Float32Array(pixels.length * 3)
  pixels.forEach((p, i) => {
    for (let c = 0; c < 3; c++) values[i * 3 + c] = (color[p] >>> (8 * c)) & 255
  })
  const holes = indicesOf(hole)
  const out = continueSmoothly({ width, height, channels: 3, pixels, values }, holes)
  holes.forEach((p, i) => {
    color[p] = byte(out[i * 3]) | (byte(out[i * 3 + 1]) << 8) | (byte(out[i * 3 + 2]) << 16)
  })
}

/** The picture with the hole's colours; alpha in the hole continues that around it. */
function writeHole(image: RgbaImage, { width, height, hole, known, color }: Level): RgbaImage {
  const data = image.data.slice()
  const holes = indicesOf(hole)
  for (let i = 0; i < holes.length; i++) {
    const c = color[holes[i]]
    const at = holes[i] * 4
    data[at] = c & 255
    data[at + 1] = (c >>> 8) & 255
    data[at + 2] = (c >>> 16) & 255
    data[at + 3] = 255
  }
  let opaque = true
  for (let p = 0; p < known.length && opaque; p++) if (known[p] && data[p * 4 + 3] !== 255) opaque = false
  if (opaque) return { width, height, data }
  const pixels = indicesOf(known)
  const values = Float32Array.from(pixels, (p) => data[p * 4 + 3])
  const alpha = continueSmoothly({ width, height, channels: 1, pixels, values }, holes)
  holes.forEach((p, i) => {
    data[p * 4 + 3] = byte(alpha[i])
  })
  return { width, height, data }
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
