import { AppError } from '../../core/errors'
import type { RgbaImage } from '../../core/image/raster'
import type { FillEngine, FillQuality, FillRequest } from '../fillEngine'
import { Random } from '../random'
import { copyBest, isDiscrete } from './discreteArt'
import { indicesOf } from './level'
import type { Relax } from './corrections'
import { blendSteps } from './gradientBlend'
import { baseLevel, blendSeam, diffuse, writeHole } from './holePixels'
import { applyLight, type Light, lightAround } from './light'
import { type Plan, planLevels } from './plan'
import { NO_SLACK, OffsetField } from './offsetField'
import { onionPeel, paintPlaced } from './onionPeel'
import { Reconstruction } from './reconstruct'
import { isShownBy, matchAnywhere, paintStart } from './startPicture'
import { guidePaths } from './structure/guides'
import { joinedEdges } from './structure/joinEnds'
import { halvedPath } from './structure/path'
import { placeAlong } from './structure/placeAlong'
import { copyAlpha, hasAlpha, voteAlpha } from './transparency'
import { type MakeCore, type RoundCore, scriptCore } from './roundCore'

/** Sharpness of the last vote: near the single best patch. */
const FINAL_SHARPNESS = 25
/** Sharpness of the vote for differences: the mean of many patches would be smoother than each. */
const STEP_SHARPNESS = 18
/** Before the last vote a neighbour's match is taken up to a quarter worse: patches that agree keep grain, which a mean loses. */
const COHERENCE = 2
/** Above the first number of patches a level is searched once; above the second it takes over the coarser matches. */
const SEARCH_ONCE_ABOVE = 100_000
const INHERIT_ABOVE = 4_000_000

/**
 * Content-aware fill, coarse to fine: each level alternates between finding the best source of every patch over the hole
 * and rebuilding the hole from them. At the end a smooth correction makes the colours meet at the seam, and small steps
 * between patches are evened out.
 * @param cores makes a core for one fill; null for the TypeScript one
 * @see Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007
 * @see Barnes et al., "PatchMatch", 2009
 */
export function patchMatchFill(cores: () => MakeCore | null = () => null): FillEngine {
  return {
    async run(request, onProgress) {
      let highest = 0
      const grow = (fraction: number) => onProgress((highest = Math.max(highest, fraction)))
      const core = cores()
      try {
        return fill(request, grow, core ?? scriptCore)
      } catch (error) {
        // No memory for a WebAssembly core: the TypeScript one gives the same bytes.
        if (!core || !(error instanceof RangeError)) throw error
        return fill(request, grow, scriptCore)
      }
    },
  }
}

function fill(
  { image, mask, sources, start, guides, seed, quality, patchSide }: FillRequest,
  onProgress: (fraction: number) => void,
  makeCore: MakeCore,
): RgbaImage {
  const share = (from: number, to: number) => (part: number) =>
    onProgress(from + (to - from) * Math.min(1, part))
  // Less than before says that it goes on: a step that takes long is never silent.
  const tick = () => onProgress(0)
  const base = baseLevel(image, mask.data, sources?.data, tick)
  onProgress(PREPARED * 0.05)
  const isCopied = isDiscrete(base)
  tick()
  const isOpaque = !hasAlpha(image, mask.data)
  tick()
  // A sampling area gives its own colours, a picture to start from its own light.
  const light = isCopied || !isOpaque || sources || start ? null : lightAround(base)
  if (light) applyLight(base, light, -1, tick)
  onProgress(PREPARED * 0.1)
  const plan = planLevels(base, seed, patchSide >> 1, share(0, PREPARED))
  if (!base.hole.includes(1)) return { ...image, data: image.data.slice() }
  if (!base.known.includes(1)) throw new AppError('engine/no-source')
  if (sources && !plan) throw new AppError('engine/no-sampling')
  const filled = plan
    ? fillByPatches(
        image,
        mask.data,
        plan,
        { seed, quality, isCopied, isOpaque, light, start, guides },
        share(PREPARED, 0.999),
        makeCore,
      )
    : diffuse(image, mask.data, base)
  onProgress(1)
  return filled
}

interface Settings extends Pick<FillRequest, 'seed' | 'quality' | 'start' | 'guides'> {
  /** Pixels are copied one by one, and not averaged. */
  readonly isCopied: boolean
  readonly isOpaque: boolean
  /** What was taken off the known pixels. */
  readonly light: Light | null
}

function fillByPatches(
  image: RgbaImage,
  mask: Uint8Array,
  plan: Plan,
  settings: Settings,
  report: (part: number) => void,
  makeCore: MakeCore,
): RgbaImage {
  const solved = solve(plan, settings, (part) => report(part * SOLVED), makeCore)
  const { field, reconstruction } = solved
  const [base] = plan.levels
  const { isCopied, isOpaque, light } = settings
  if (isCopied) {
    const sources = copyBest(field)
    const filled = writeHole(image, mask, base)
    if (!isOpaque) copyAlpha(image, mask, sources, filled.data)
    return filled
  }
  finish(solved, (part) => report(SOLVED + (1 - SOLVED) * part))
  if (light) applyLight(base, light, 1, () => report(0))
  const filled = writeHole(image, mask, base)
  if (!isOpaque) voteAlpha(image, mask, { field, reconstruction }, FINAL_SHARPNESS, filled.data)
  return filled
}

/** Progress of a fill when its levels are made. */
const PREPARED = 0.25
/** Share of the rest when the finest level is searched. */
const SOLVED = 0.73

/** Rounds of search and vote by level; 0 is the finest. */
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

interface Solved {
  readonly field: OffsetField
  readonly reconstruction: Reconstruction
  readonly core: RoundCore
}

function solve(
  { levels, radii, locality }: Plan,
  { seed, quality, start, guides = [] }: Settings,
  onProgress: (f: number) => void,
  makeCore: MakeCore,
): Solved {
  const random = new Random(seed)
  const tick = () => onProgress(0)
  const fields = levels.map((level, k) => {
    tick()
    return new OffsetField(level, radii[k], locality * 4 ** k)
  })
  const drawn = guidePaths(levels[0], guides)
  for (const path of drawn)
    for (const [k, field] of fields.entries()) placeAlong(field, halvedPath(path, k), true, tick)
  // What search finds may be better than what was placed, but it starts with the lines where they go.
  for (const path of start ? [] : joinedEdges(levels[0], drawn, tick))
    for (const [k, field] of fields.entries()) placeAlong(field, halvedPath(path, k), false, tick)
  // Progress counts patch visits, whose number is known in advance.
  const coarsestLevel = levels[levels.length - 1]
  const firstGuess = indicesOf(coarsestLevel.hole).length * 8
  const visits = fields.map(
    (field, k) => field.targets.length * (3 * roundsAt(k, field.targets.length, quality) + (k === 0 ? 4 : 2)),
  )
  const total = visits.reduce((sum, count) => sum + count, firstGuess)
  let done = 0
  const advance = (units: number) => {
    done += units
    onProgress(done / total)
  }
  const last = levels.length - 1
  for (let k = last; k >= 0; k--) {
    const field = fields[k]
    tick()
    const reconstruction = new Reconstruction(field, tick)
    tick()
    const coarsest = k === last
    const isShown = start !== undefined && isShownBy(start, field.level)
    if (isShown) paintStart(field.level, start)
    if (!coarsest) field.inherit(fields[k + 1], random)
    else if (isShown) matchAnywhere(field, random)
    else paintPlaced(field)
    // Frees the coarser levels.
    fields.length = levels.length = k + 1
    tick()
    const core = makeCore(field, reconstruction)
    tick()
    if (isShown) advance(coarsest ? firstGuess : 0)
    else if (coarsest) {
      onionPeel(field, core.peeler(), random, (pixels) => advance(pixels * 8))
      core.takeMatches()
    } else core.vote(0)
    advance(field.targets.length)
    const { width, height } = field.level
    const reach = k === 0 && last > 0 ? 16 : Math.max(16, Math.min(width, height) >> 2)
    const rounds = roundsAt(k, field.targets.length, quality)
    for (let round = 0; round < rounds; round++) {
      core.refresh()
      advance(field.targets.length)
      core.pass(1, reach, NO_SLACK, random, advance)
      core.pass(-1, reach, NO_SLACK, random, advance)
      const isLast = round === rounds - 1 && k === 0
      if (isLast) {
        core.pass(1, 0, COHERENCE, random, advance)
        core.pass(-1, 0, COHERENCE, random, advance)
      }
      // What is shown stays until a finer level has more to tell.
      if (isLast || !isShown) core.vote(isLast ? FINAL_SHARPNESS : 1)
    }
    core.sync()
    advance(field.targets.length)
    if (k === 0) return { field, reconstruction, core }
  }
  throw new Error('a plan has levels')
}

/** Makes the colours meet at the seam and evens out the steps between patches. */
function finish({ field, reconstruction, core }: Solved, report: (part: number) => void): void {
  blendSeam(field.level, reconstruction)
  reconstruction.dropVotes()
  report(0.25)
  let voted = 0.25
  const vote = (step: number) => {
    const differences = core.differences(STEP_SHARPNESS, step)
    report((voted += 0.15))
    return differences
  }
  let solved = 0
  const relax: Relax = (level, sweeps) => {
    core.relax(level, sweeps, reconstruction.tick)
    report(0.75 + 0.25 * (1 - 0.5 ** ++solved))
  }
  blendSteps(field, reconstruction, vote, relax)
}
