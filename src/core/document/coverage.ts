import { EMPTY_RECT, grownBy, intersectRect, isEmptyRect, type Rect } from '../geometry'
import { createGray, type GrayImage } from '../image/raster'
import { createMask, type Mask, maskBounds, readMask } from '../mask/mask'
import type { MaskCommand } from '../mask/command/maskCommand'
import { replayCommands } from '../mask/command/maskCommand'
import { runOperation } from '../mask/refine/maskOperation'
import { type Blend, MAX_SLIDER_FEATHER_PX, MAX_SLIDER_GROW_PX, type Patch } from './document'
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

/** The rectangle that holds every pixel a patch can change, image px. */
export function coverageBounds(patch: Coverage): Rect {
  const { bounds } = replay(patch)
  if (isEmptyRect(bounds)) return EMPTY_RECT
  const reached = grownBy(bounds, reachOf(patch.blend))
  return intersectRect(intersectRect(reached, patch.coverageFrame), patch.rect)
}

/**
 * How much of a patch counts at each pixel: its coverage grown or shrunk, then feathered; 0 outside the patch. The
 * opacity is not in it. The bytes of a pixel do not depend on `rect`.
 * @param rect image px
 * @returns 0..255, `rect`'s size
 */
export function coverageMask(patch: Coverage, rect: Rect): GrayImage {
  const inside = intersectRect(coverageBounds(patch), rect)
  if (isEmptyRect(inside)) return createGray(rect.width, rect.height)
  const region = intersectRect(grownBy(inside, reachOf(patch.blend)), patch.coverageFrame)
  const gray = softened(resized(readMask(replay(patch).mask, region), patch.blend), patch.blend)
  return cutTo(gray, region, inside, rect)
}

/** The coverage of one patch while its blend changes: the last of each stage is kept. */
export class CoverageStages {
  private readonly patch: Coverage
  /** Image px; holds all that the patch's blend and those of the sliders can reach. */
  private readonly region: Rect
  private readonly bare: GrayImage
  private resized: { readonly growPx: number; readonly gray: GrayImage } | null = null
  private softened: Pick<Blend, 'growPx' | 'featherPx'> & { readonly gray: GrayImage } = {
    growPx: NaN,
    featherPx: NaN,
    gray: createGray(0, 0),
  }

  constructor(patch: Coverage) {
    this.patch = patch
    const { mask, bounds } = replay(patch)
    const { growPx, featherPx } = patch.blend
    const most = reachOf({
      ...patch.blend,
      growPx: Math.max(Math.abs(growPx), MAX_SLIDER_GROW_PX),
      featherPx: Math.max(featherPx, MAX_SLIDER_FEATHER_PX),
    })
    this.region = intersectRect(grownBy(bounds, most), patch.coverageFrame)
    this.bare = readMask(mask, this.region)
  }

  /** The same as `coverageMask` with this blend. @param blend the patch's own, or within what the sliders reach */
  mask(blend: Blend, rect: Rect): GrayImage {
    const { growPx, featherPx } = blend
    if (this.resized?.growPx !== growPx) this.resized = { growPx, gray: resized(this.bare, blend) }
    if (this.softened.growPx !== growPx || this.softened.featherPx !== featherPx)
      this.softened = { growPx, featherPx, gray: softened(this.resized.gray, blend) }
    const inside = intersectRect(coverageBounds({ ...this.patch, blend }), rect)
    if (isEmptyRect(inside)) return createGray(rect.width, rect.height)
    return cutTo(this.softened.gray, this.region, inside, rect)
  }
}

function resized(gray: GrayImage, { growPx }: Blend): GrayImage {
  if (growPx === 0) return gray
  return runOperation(gray, { kind: growPx > 0 ? 'grow' : 'shrink', radius: Math.abs(growPx) })
}

function softened(gray: GrayImage, { featherPx }: Blend): GrayImage {
  return featherPx > 0 ? runOperation(gray, { kind: 'feather', radius: featherPx }) : gray
}

/** The part of `gray`, which lies at `region`, inside `inside`; 0 in the rest of `rect`. All in image px. */
function cutTo(gray: GrayImage, region: Rect, inside: Rect, rect: Rect): GrayImage {
  const out = createGray(rect.width, rect.height)
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const from = (y - region.y) * region.width + inside.x - region.x
    const to = (y - rect.y) * rect.width + inside.x - rect.x
    out.data.set(gray.data.subarray(from, from + inside.width), to)
  }
  return out
}
