import { AppError } from '../../core/errors'
import { freeBytes } from '../../core/freeBytes'
import { filledPart, filledRect } from '../../core/image/filledPart'
import { cropGray, cropRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { EngineAnswer, FillEngine, FillRequest } from '../fillEngine'
import { copyBest, isDiscrete } from './discreteArt'
import type { Relax } from './corrections'
import { blendSteps, type VisitDifferences } from './gradientBlend'
import type { HolePart } from './holePart'
import { baseLevel, blendSeam, diffuse, writeHole } from './holePixels'
import { applyLight, type Light, lightAround } from './light'
import { withAdaptedCopies } from './adaptedCopies'
import { localLight } from './localLight'
import { misfitOf } from './misfit'
import { finestRadius, type Plan, planLevels } from './plan'
import { withPlaneCopies } from './planes/planeCopies'
import { copyAlpha, hasAlpha, voteAlpha, writeAlpha } from './transparency'
import { type MakeCore, scriptCore } from './roundCore'
import { drawEdges } from './structure/drawEdges'
import { guidePaths } from './structure/guides'
import { joinedEdges } from './structure/joinEnds'
import { FINAL_SHARPNESS, type Search, solve, type Solved } from './solve'

/** Sharpness of the vote for differences: the mean of many patches would be smoother than each. */
const STEP_SHARPNESS = 25

/**
 * Content-aware fill, coarse to fine: each level alternates between finding the best source of every patch over the hole
 * and rebuilding the hole from them. At the end a smooth correction makes the colours meet at the seam, and small steps
 * between patches are evened out.
 * @param cores makes a core for one fill; null for the TypeScript one
 * @see Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007
 * @see Barnes et al., "PatchMatch", 2009
 */
export function patchMatchFill(cores: () => MakeCore | null = () => null): FillEngine {
  const engine: FillEngine = {
    async run(request, onProgress) {
      const { image, mask, sources } = request
      const copies = {
        image: { ...image, data: image.data.slice() },
        mask: { ...mask, data: mask.data.slice() },
        sources: sources && { ...sources, data: sources.data.slice() },
      }
      const part = await engine.runPart({ ...request, ...copies }, onProgress)
      const filled = { ...image, data: image.data.slice(), misfit: part.misfit }
      pasteInto(filled, part.image, part.at.x, part.at.y)
      return filled
    },
    // A promise, as engines need not be synchronous.
    // oxlint-disable-next-line require-await
    async runPart(request, onProgress) {
      let highest = 0
      const grow = (fraction: number) => onProgress((highest = Math.max(highest, fraction)))
      const core = cores()
      return fill(request, grow, core ? orScript(core) : scriptCore)
    },
  }
  return engine
}

/** Where there is no memory for a WebAssembly core, the TypeScript one gives the same bytes. */
function orScript(makeCore: MakeCore): MakeCore {
  return (field, reconstruction) => {
    try {
      return makeCore(field, reconstruction)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return scriptCore(field, reconstruction)
    }
  }
}

function fill(
  { image, mask, sources, start, guides, adaptation = {}, seed, quality, patchSide }: FillRequest,
  onProgress: (fraction: number) => void,
  makeCore: MakeCore,
): EngineAnswer {
  const share = (from: number, to: number) => (part: number) =>
    onProgress(from + (to - from) * Math.min(1, part))
  // Less than before says that it goes on: a step that takes long is never silent.
  const tick = () => onProgress(0)
  const { color = 'default' } = adaptation
  const picture = baseLevel(image, mask.data, sources?.data, tick)
  if (!picture.hole.includes(1)) return { ...filledPart(image, mask), misfit: 0 }
  if (!picture.known.includes(1)) throw new AppError('engine/no-source')
  onProgress(PREPARED * 0.05)
  const isArt = isDiscrete(picture)
  const isCopied = color === 'none' || isArt
  tick()
  const isOpaque = !hasAlpha(image, mask.data)
  tick()
  if (isArt && isOpaque && !start)
    drawEdges(picture, joinedEdges(picture, guidePaths(picture, guides ?? []), tick))
  // A sampling area gives its own colours, a picture to start from its own light.
  const hasOwnLight = isCopied || !isOpaque || sources !== undefined || start !== undefined
  const light = hasOwnLight ? null : (color === 'high' ? localLight : lightAround)(picture, tick)
  if (light) applyLight(picture, light, -1, tick)
  const own = { level: picture, clear: isOpaque ? null : image }
  const adapted = start ? own : withAdaptedCopies(own, adaptation, isCopied, tick)
  const isFree = !sources && !start
  const isPlain = isFree && isOpaque && !isCopied && adapted === own
  const planes = isPlain ? withPlaneCopies(picture, seed, tick) : null
  const { level: base, clear } = planes ? { ...own, level: planes.level } : adapted
  onProgress(PREPARED * 0.1)
  const radius = finestRadius(base, seed, patchSide >> 1, tick)
  tick()
  if (radius === undefined) {
    if (sources) throw new AppError('engine/no-sampling')
    const diffused = filledPart(diffuse(image, mask.data, picture), mask)
    onProgress(1)
    return { ...diffused, misfit: 0 }
  }
  const at = filledRect(mask)
  tick()
  const part = { at, image: cropRgba(image, at), mask: cropGray(mask, at) }
  tick()
  // The levels that follow are as large: none of these is left then.
  for (const { data } of clear === image ? [mask] : [image, mask]) freeBytes(data)
  if (sources) freeBytes(sources.data)
  const plan = planLevels(base, seed, radius, isFree, share(0, PREPARED), planes?.ways)
  tick()
  const settings = { seed, quality, isCopied, light, start, guides, clear }
  const misfit = fillByPatches(part, plan, settings, share(PREPARED, 0.999), makeCore)
  onProgress(1)
  return { at, image: part.image, misfit }
}

interface Settings extends Search {
  /** Pixels are copied one by one, and not averaged. */
  readonly isCopied: boolean
  /** The picture, where something in it is transparent. */
  readonly clear: RgbaImage | null
  /** What was taken off the known pixels. */
  readonly light: Light | null
}

/** Fills a part's hole, in place. @returns how ill the copied pieces meet */
function fillByPatches(
  part: HolePart,
  plan: Plan,
  settings: Settings,
  report: (part: number) => void,
  makeCore: MakeCore,
): number {
  const solved = solve(plan, settings, (done) => report(done * SOLVED), makeCore)
  const { field, reconstruction } = solved
  const [base] = plan.levels
  const { isCopied, clear, light } = settings
  const misfit = misfitOf(field, () => report(0))
  if (isCopied) {
    const sources = copyBest(field)
    writeHole(part, base)
    if (clear) copyAlpha(clear, sources, part)
    return misfit
  }
  // Light is added to the hole at the end.
  for (const flags of new Set([base.known, base.source, ...(light ? [] : [base.hole])])) freeBytes(flags)
  const alpha = clear && voteAlpha(clear, solved, FINAL_SHARPNESS)
  finish(solved, (done) => report(SOLVED + (1 - SOLVED) * done))
  if (light) applyLight(base, light, 1, () => report(0))
  writeHole(part, base)
  if (alpha) writeAlpha(alpha, reconstruction.pixels, part, base.width)
  return misfit
}

/** Progress of a fill when its levels are made. */
const PREPARED = 0.25
/** Share of the rest when the finest level is searched. */
const SOLVED = 0.73

/** Makes the colours meet at the seam and evens out the steps between patches. */
function finish({ field, reconstruction, core }: Solved, report: (part: number) => void): void {
  blendSeam(field.level, reconstruction)
  reconstruction.dropVotes()
  report(0.25)
  let voted = 0.25
  const vote = (step: number, visit: VisitDifferences) => {
    core.differences(STEP_SHARPNESS, step, visit)
    report((voted += 0.15))
  }
  let solved = 0
  const solveLevel: Relax = (level, sweeps) => {
    core.relax(level, sweeps, reconstruction.tick)
    report(0.75 + 0.25 * (1 - 0.5 ** ++solved))
  }
  blendSteps(field, reconstruction, vote, { begin: (wanted) => core.begin(wanted), solve: solveLevel })
}
