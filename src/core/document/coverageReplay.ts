import { intersectRect, type Rect, unionRect } from '../geometry'
import { applyCommand, type MaskCommand, replayCommands } from '../mask/command/maskCommand'
import { createMask, type Mask, maskBounds } from '../mask/mask'
import { MaskEdit } from '../mask/maskEdit'
import type { Patch } from './document'
import { isEqual } from './equality'

type Commands = readonly MaskCommand[]
type Painted = Pick<Patch, 'coverage' | 'coverageFrame'>

/** What the commands of a coverage make. */
export interface CoverageReplay {
  readonly mask: Mask
  /** Holds all that is covered, image px; may be larger. */
  readonly around: Rect
  /** What the last command may have changed, image px; null where that is not known. */
  readonly changed: Rect | null
}

interface Extension {
  readonly before: WeakRef<Commands>
  readonly command: MaskCommand
}

/** Changing a blend keeps the list of commands, so a slider does not replay them. */
const replays = new WeakMap<Commands, CoverageReplay>()
const exactBounds = new WeakMap<Mask, Rect>()
const extended = new WeakMap<Commands, WeakMap<MaskCommand, Commands>>()
const extensions = new WeakMap<Commands, Extension>()

/** A coverage with one command more, which replays that one alone: the same list for the same two. */
export function extendCoverage(coverage: Commands, command: MaskCommand): Commands {
  const known = extended.get(coverage) ?? new WeakMap<MaskCommand, Commands>()
  extended.set(coverage, known)
  const list = known.get(command) ?? [...coverage, command]
  known.set(command, list)
  extensions.set(list, { before: new WeakRef(coverage), command })
  return list
}

/** True where a coverage was made of another by `extendCoverage`. */
export function isExtensionOf(coverage: Commands, before: Commands): boolean {
  return extensions.get(coverage)?.before.deref() === before
}

/** Takes in what a coverage makes, as it was drawn. @param replay its tiles are never written to */
export function rememberCoverage(coverage: Commands, replay: CoverageReplay): void {
  replays.set(coverage, replay)
}

/** True where a look at a coverage costs little: it is known, or a short one or a known one had one command less. */
export function isCoverageAtHand({ coverage, coverageFrame }: Painted): boolean {
  if (isOver(replays.get(coverage), coverageFrame)) return true
  const before = extensions.get(coverage)?.before.deref()
  return before !== undefined && (before.length <= 1 || isOver(replays.get(before), coverageFrame))
}

/** What the commands of a patch cover, over its frame: kept by their list, and made of the list that it goes on from. */
export function replayCoverage({ coverage, coverageFrame }: Painted): CoverageReplay {
  const known = replays.get(coverage)
  if (isOver(known, coverageFrame)) return known
  const made = extendReplay(coverage, coverageFrame) ?? replayAll(coverage, coverageFrame)
  replays.set(coverage, made)
  return made
}

/** The smallest rectangle that holds every pixel of a mask, image px; the mask is a replay's, which never changes. */
export function replayBounds({ mask }: CoverageReplay): Rect {
  const bounds = exactBounds.get(mask) ?? maskBounds(mask)
  exactBounds.set(mask, bounds)
  return bounds
}

function isOver(replay: CoverageReplay | undefined, frame: Rect): replay is CoverageReplay {
  return replay !== undefined && isEqual(replay.mask.frame, frame)
}

function extendReplay(coverage: Commands, frame: Rect): CoverageReplay | null {
  const extension = extensions.get(coverage)
  const before = extension?.before.deref()
  const known = before && replays.get(before)
  if (!extension || !isOver(known, frame)) return null
  // A tile is copied before it is written to.
  const mask: Mask = { ...known.mask, tiles: [...known.mask.tiles] }
  const edit = new MaskEdit(mask)
  const changed = intersectRect(applyCommand(edit, extension.command), frame)
  edit.commit()
  return { mask, changed, around: unionRect(known.around, changed) }
}

function replayAll(coverage: Commands, frame: Rect): CoverageReplay {
  const mask = createMask(frame)
  replayCommands(mask, coverage)
  const bounds = maskBounds(mask)
  exactBounds.set(mask, bounds)
  return { mask, around: bounds, changed: null }
}
