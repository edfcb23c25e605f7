import { AppError } from '../../core/errors'
import type { RgbaImage } from '../../core/image/raster'
import type { FilledImage, FillEngine, FillRequest } from '../fillEngine'
import { copyBest, isDiscrete } from './discreteArt'
import type { Relax } from './corrections'
import { blendSteps } from './gradientBlend'
import { baseLevel, blendSeam, diffuse, writeHole } from './holePixels'
import { applyLight, type Light, lightAround } from './light'
import { withAdaptedCopies } from './adaptedCopies'
import { localLight } from './localLight'
import { misfitOf } from './misfit'
import { type Plan, planLevels } from './plan'
import { copyAlpha, hasAlpha, voteAlpha } from './transparency'
import { type MakeCore, scriptCore } from './roundCore'
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
  { image, mask, sources, start, guides, adaptation = {}, seed, quality, patchSide }: FillRequest,
  onProgress: (fraction: number) => void,
  makeCore: MakeCore,
): FilledImage {
  const share = (from: number, to: number) => (part: number) =>
    onProgress(from + (to - from) * Math.min(1, part))
  // Less than before says that it goes on: a step that takes long is never silent.
  const tick = () => onProgress(0)
  const { color = 'default' } = adaptation
  const picture = baseLevel(image, mask.data, sources?.data, tick)
  if (!picture.hole.includes(1)) return { ...image, data: image.data.slice(), misfit: 0 }
  if (!picture.known.includes(1)) throw new AppError('engine/no-source')
  onProgress(PREPARED * 0.05)
  const isCopied = color === 'none' || isDiscrete(picture)
  tick()
  const isOpaque = !hasAlpha(image, mask.data)
  tick()
  // A sampling area gives its own colours, a picture to start from its own light.
  const hasOwnLight = isCopied || !isOpaque || sources !== undefined || start !== undefined
  const light = hasOwnLight ? null : (color === 'high' ? localLight : lightAround)(picture)
  if (light) applyLight(picture, light, -1, tick)
  const base = isOpaque && !start ? withAdaptedCopies(picture, adaptation, isCopied, tick) : picture
  onProgress(PREPARED * 0.1)
  const plan = planLevels(base, seed, patchSide >> 1, share(0, PREPARED))
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
    : { ...diffuse(image, mask.data, picture), misfit: 0 }
  onProgress(1)
  return filled
}

interface Settings extends Search {
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
): FilledImage {
  const solved = solve(plan, settings, (part) => report(part * SOLVED), makeCore)
  const { field, reconstruction } = solved
  const [base] = plan.levels
  const { isCopied, isOpaque, light } = settings
  const misfit = misfitOf(field, () => report(0))
  if (isCopied) {
    const sources = copyBest(field)
    const filled = writeHole(image, mask, base)
    if (!isOpaque) copyAlpha(image, mask, sources, filled.data)
    return { ...filled, misfit }
  }
  finish(solved, (part) => report(SOLVED + (1 - SOLVED) * part))
  if (light) applyLight(base, light, 1, () => report(0))
  const filled = writeHole(image, mask, base)
  if (!isOpaque) voteAlpha(image, mask, { field, reconstruction }, FINAL_SHARPNESS, filled.data)
  return { ...filled, misfit }
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
