import { EMPTY_RECT, grownBy, intersectRect, isEmptyRect, type Rect } from '../geometry'
import { createGray, type GrayImage } from '../image/raster'
import { readMask } from '../mask/mask'
import { runOperation } from '../mask/refine/maskOperation'
import { feather } from '../mask/refine/morphology'
import { Resizer } from '../mask/refine/resizer'
import { type CoverageReplay, replayBounds, replayCoverage } from './coverageReplay'
import { type Blend, MAX_SLIDER_FEATHER_PX, MAX_SLIDER_GROW_PX, type Patch } from './document'

/** Where a patch counts, at full opacity. */
export type Coverage = Pick<Patch, 'rect' | 'coverage' | 'coverageFrame' | 'blend' | 'quarters'>

/** How far around a pixel its blended coverage depends on the coverage, px. */
export function reachOf({ growPx, featherPx }: Blend): number {
  return (growPx === 0 ? 0 : Math.abs(growPx) + 2) + featherPx
}

/** The rectangle that holds every pixel a patch can change, image px. */
export function coverageBounds(patch: Coverage): Rect {
  return reachedFrom(replayBounds(replayCoverage(patch)), patch)
}

/**
 * How much of a patch counts at each pixel: its coverage grown or shrunk, then feathered; 0 outside the patch. The
 * opacity is not in it. The bytes of a pixel do not depend on `rect`.
 * @param rect image px
 * @returns 0..255, `rect`'s size
 */
export function coverageMask(patch: Coverage, rect: Rect): GrayImage {
  return softCoverage(replayCoverage(patch), patch, rect)
}

/** As `coverageMask`, of a mask in the place of the patch's own commands. */
export function softCoverage(
  { mask, around }: Pick<CoverageReplay, 'mask' | 'around'>,
  patch: Omit<Coverage, 'coverage'>,
  rect: Rect,
): GrayImage {
  const inside = intersectRect(reachedFrom(around, patch), rect)
  if (isEmptyRect(inside)) return createGray(rect.width, rect.height)
  const region = intersectRect(grownBy(inside, reachOf(patch.blend)), patch.coverageFrame)
  const gray = softened(resized(readMask(mask, region), patch.blend), patch.blend, patch)
  return cutTo(gray, region, inside, rect)
}

/** What a patch can change where this is covered, image px. */
export function reachedFrom(
  covered: Rect,
  { blend, coverageFrame, rect }: Pick<Patch, 'blend' | 'coverageFrame' | 'rect'>,
): Rect {
  if (isEmptyRect(covered)) return EMPTY_RECT
  return intersectRect(intersectRect(grownBy(covered, reachOf(blend)), coverageFrame), rect)
}

/** The coverage of one patch while its blend changes: distances are measured once, and the last of each stage is kept. */
export class CoverageStages {
  private readonly patch: Coverage
  /** Image px; holds all that the patch's blend and those of the sliders can reach from where it is wanted. */
  readonly region: Rect
  /** The coverage over it, neither grown nor feathered. */
  readonly bare: GrayImage
  private readonly resizer: Resizer
  private resized: { readonly growPx: number; readonly gray: GrayImage } | null = null
  private softened: Pick<Blend, 'growPx' | 'featherPx'> & { readonly gray: GrayImage } = {
    growPx: NaN,
    featherPx: NaN,
    gray: createGray(0, 0),
  }

  /**
   * @param wanted where masks are asked for, image px
   * @param scale px of the picture a px of the patch stands for: the sliders reach that much less
   */
  constructor(patch: Coverage, wanted: Rect, scale = 1) {
    this.patch = patch
    const replay = replayCoverage(patch)
    const { growPx, featherPx } = patch.blend
    const mostGrown = Math.max(Math.abs(growPx), Math.ceil(MAX_SLIDER_GROW_PX / scale))
    const most = reachOf({
      ...patch.blend,
      growPx: mostGrown,
      featherPx: Math.max(featherPx, Math.ceil(MAX_SLIDER_FEATHER_PX / scale)),
    })
    const around = intersectRect(grownBy(replayBounds(replay), most), grownBy(wanted, most))
    this.region = intersectRect(around, patch.coverageFrame)
    this.bare = readMask(replay.mask, this.region)
    this.resizer = new Resizer(this.bare, mostGrown)
  }

  /**
   * The same as `coverageMask` with this blend.
   * @param blend the patch's own, or within what the sliders reach
   * @param rect inside what is wanted
   */
  mask(blend: Blend, rect: Rect): GrayImage {
    const { growPx, featherPx } = blend
    if (this.resized?.growPx !== growPx) this.resized = { growPx, gray: this.resizer.resized(growPx) }
    if (this.softened.growPx !== growPx || this.softened.featherPx !== featherPx)
      this.softened = { growPx, featherPx, gray: softened(this.resized.gray, blend, this.patch) }
    const inside = intersectRect(coverageBounds({ ...this.patch, blend }), rect)
    if (isEmptyRect(inside)) return createGray(rect.width, rect.height)
    return cutTo(this.softened.gray, this.region, inside, rect)
  }
}

function resized(gray: GrayImage, { growPx }: Blend): GrayImage {
  if (growPx === 0) return gray
  return runOperation(gray, { kind: growPx > 0 ? 'grow' : 'shrink', radius: Math.abs(growPx) })
}

/** A turned patch has the edge that it had, turned. */
function softened(
  gray: GrayImage,
  { featherPx }: Blend,
  { quarters = 0 }: Pick<Patch, 'quarters'>,
): GrayImage {
  return featherPx > 0 ? feather(gray, featherPx, quarters % 2 === 1) : gray
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
