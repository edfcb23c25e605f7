import { EMPTY_RECT, intersectRect, isEmptyRect, type Rect } from '../geometry'
import { createGray, type GrayImage } from '../image/raster'
import { createMask, type Mask, maskBounds, readMask } from '../mask/mask'
import type { MaskCommand } from '../mask/command/maskCommand'
import { replayCommands } from '../mask/command/maskCommand'
import { runOperation } from '../mask/refine/maskOperation'
import type { Blend, Patch } from './document'
import { isEqual } from './equality'

/** Where a patch counts, at full opacity. */
export type Coverage = Pick<Patch, 'rect' | 'coverage' | 'coverageFrame' | 'blend'>

interface Replayed {
  readonly mask: Mask
  readonly bounds: Rect
}

/** Changing a blend keeps the list of commands, so a slider does not replay them. */
const replayed = new WeakMap<readonly MaskCommand[], Replayed>()

function replay({ coverage, coverageFrame }: Coverage): Replayed {
  const known = replayed.get(coverage)
  if (known && isEqual(known.mask.frame, coverageFrame)) return known
  const mask = createMask(coverageFrame)
  replayCommands(mask, coverage)
  const made = { mask, bounds: maskBounds(mask) }
  replayed.set(coverage, made)
  return made
}

/** How far around a pixel its blended coverage depends on the coverage, px. */
function reachOf({ growPx, featherPx }: Blend): number {
  return (growPx === 0 ? 0 : Math.abs(growPx) + 2) + featherPx
}

function grownRect({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** The rectangle that holds every pixel a patch can change, image px. */
export function coverageBounds(patch: Coverage): Rect {
  const { bounds } = replay(patch)
  if (isEmptyRect(bounds)) return EMPTY_RECT
  const reached = grownRect(bounds, reachOf(patch.blend))
  return intersectRect(intersectRect(reached, patch.coverageFrame), patch.rect)
}

/**
 * How much of a patch counts at each pixel: its coverage grown or shrunk, then feathered; 0 outside the patch. The
 * opacity is not in it. The bytes of a pixel do not depend on `rect`.
 * @param rect image px
 * @returns 0..255, `rect`'s size
 */
export function coverageMask(patch: Coverage, rect: Rect): GrayImage {
  const out = createGray(rect.width, rect.height)
  const inside = intersectRect(coverageBounds(patch), rect)
  if (isEmptyRect(inside)) return out
  const { growPx, featherPx } = patch.blend
  const region = intersectRect(grownRect(inside, reachOf(patch.blend)), patch.coverageFrame)
  let gray = readMask(replay(patch).mask, region)
  if (growPx !== 0)
    gray = runOperation(gray, { kind: growPx > 0 ? 'grow' : 'shrink', radius: Math.abs(growPx) })
  if (featherPx > 0) gray = runOperation(gray, { kind: 'feather', radius: featherPx })
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const from = (y - region.y) * region.width + inside.x - region.x
    const to = (y - rect.y) * rect.width + inside.x - rect.x
    out.data.set(gray.data.subarray(from, from + inside.width), to)
  }
  return out
}
