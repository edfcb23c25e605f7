import type { FillQuality, FillRequest } from '../fillEngine'
import { Random } from '../random'
import { inheritMatches } from './inheritMatches'
import { indicesOf, type Level, ownPart } from './level'
import { NO_SLACK, OffsetField } from './offsetField'
import { onionPeel, paintPlaced } from './onionPeel'
import type { Plan } from './plan'
import { Reconstruction } from './reconstruct'
import type { MakeCore, RoundCore } from './roundCore'
import { isShownBy, matchAnywhere, paintStart } from './startPicture'
import { guidePaths } from './structure/guides'
import { joinedEdges } from './structure/joinEnds'
import { halvedPath } from './structure/path'
import { placeAlong } from './structure/placeAlong'
import { isTiled } from './structure/tiling'

/** Sharpness of the last vote: near the single best patch. */
export const FINAL_SHARPNESS = 25
/** Before the last vote a neighbour's match is taken up to a half worse: patches that agree keep grain, which a mean loses. */
const COHERENCE = 1
/** Reach of a random search where coarser levels have told most, px. */
const NEAR = 16
/** Above the first number of patches a level is searched once; above the second it takes over the coarser matches. */
const SEARCH_ONCE_ABOVE = 100_000
const INHERIT_ABOVE = 4_000_000

/** As many edges may be those of tiles. */
const MANY_EDGES = 6

/** Rounds of search and vote by level; 0 is the finest. */
const ROUNDS: Readonly<Record<FillQuality, (level: number) => number>> = {
  fast: (level) => 1 + level,
  standard: (level) => 2 + 2 * level,
  best: (level) => 4 + 3 * level,
}

export type Search = Pick<FillRequest, 'seed' | 'quality' | 'start' | 'guides'>

export interface Solved {
  readonly field: OffsetField
  readonly reconstruction: Reconstruction
  readonly core: RoundCore
}

/** Finds the best source of each patch over the hole, and rebuilds the hole from them, level by level. */
export function solve(
  { levels, radii, locality, offsets }: Plan,
  { seed, quality, start, guides = [] }: Search,
  onProgress: (f: number) => void,
  makeCore: MakeCore,
): Solved {
  const random = new Random(seed)
  const last = levels.length - 1
  const tick = () => onProgress(0)
  const fields = levels.map((level, k) => {
    tick()
    return new OffsetField(level, radii[k], locality * 4 ** k, offsets[k], tick)
  })
  const picture = ownPart(levels[0])
  const drawn = guidePaths(picture, guides)
  for (const path of drawn)
    for (const [k, field] of fields.entries()) placeAlong(field, halvedPath(path, k), true, tick)
  // What search finds may be better than what was placed, but it starts with the lines where they go.
  const joined = start ? [] : joinedEdges(picture, drawn, tick)
  for (const path of joined.length >= MANY_EDGES && isTiled(levels, tick) ? [] : joined)
    for (const [k, field] of fields.entries()) placeAlong(field, halvedPath(path, k), false, tick)
  // Progress counts patch visits, whose number is known in advance.
  const firstGuess = indicesOf(levels[last].hole).length * 8
  const visits = fields.map(
    (field, k) => field.targets.length * (3 * roundsAt(k, field.targets.length, quality) + (k === 0 ? 4 : 2)),
  )
  const total = visits.reduce((sum, count) => sum + count, firstGuess)
  let done = 0
  const advance = (units: number) => {
    done += units
    onProgress(done / total)
  }
  const solveLevel = (k: number): Solved => {
    const field = fields[k]
    const isCoarsest = k === last
    tick()
    const reconstruction = new Reconstruction(field, tick)
    tick()
    const isShown = start !== undefined && isShownBy(start, field.level)
    if (isShown) paintStart(field.level, start)
    if (!isCoarsest) inheritMatches(field, fields[k + 1], random)
    else if (isShown) matchAnywhere(field, random)
    else paintPlaced(field)
    // Frees the coarser levels.
    fields.length = levels.length = k + 1
    tick()
    const core = makeCore(field, reconstruction)
    tick()
    if (isShown) advance(isCoarsest ? firstGuess : 0)
    else if (!isCoarsest) core.vote(0)
    else onionPeel(field, core.peeler(), random, (pixels) => advance(pixels * 8))
    advance(field.targets.length)
    const reach = k === 0 && last > 0 ? NEAR : Math.max(NEAR, reachOf(field.level))
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
    advance(field.targets.length)
    return { field, reconstruction, core }
  }
  for (let k = last; k > 0; k--) solveLevel(k)
  return solveLevel(0)
}

/** How far a random search goes, px: adapted copies lie all over the level. */
function reachOf({ width, height, rows }: Level): number {
  return rows === undefined ? Math.min(width, height) >> 2 : Math.max(width, height)
}

function roundsAt(level: number, targets: number, quality: FillQuality): number {
  if (targets > INHERIT_ABOVE) return 0
  if (targets > SEARCH_ONCE_ABOVE && quality !== 'best') return 1
  return Math.min(10, ROUNDS[quality](level))
}
