import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../geometry'
import { pasteBack } from '../image/composite'
import { gridRect } from '../image/cropGrid'
import { cropGray, cropRgba, type GrayImage, pasteInto, type RgbaImage } from '../image/raster'
import { changedPart, type ComposedPatch, faded } from './composePatch'
import { coverageBounds, coverageMask, CoverageStages } from './coverage'
import type { Blend, Patch } from './document'
import { NO_SHIFT } from './matchColor'
import { applyTone, toneOf } from './tone'

/** A patch with its own pixels, of its rectangle's size. */
export interface PatchPixels {
  readonly patch: Patch
  readonly pixels: RgbaImage
}

/** What a patch is put into while its blend changes. */
export interface LiveJob extends PatchPixels {
  /** The picture below it over its rectangle. */
  readonly below: RgbaImage
  /** The visible patches over it, bottom first. */
  readonly above: readonly PatchPixels[]
}

interface Covered extends PatchPixels {
  readonly at: Rect
  readonly coverage: GrayImage
}

/**
 * A patch whose blend is being changed: what does not depend on the value that moves is computed once. A matched colour
 * and a repaired seam stay as they were found; `composePatch` finds them anew.
 */
export class LiveBlend {
  private readonly job: LiveJob
  private readonly stages: CoverageStages
  private readonly above: readonly Covered[]
  /** The patch's, brought to the picture's colours. */
  private readonly toned: RgbaImage

  constructor(job: LiveJob) {
    this.job = job
    const { patch, pixels, below } = job
    this.stages = new CoverageStages(patch)
    this.above = job.above.flatMap((one) => {
      const at = intersectRect(changedPart(one.patch, one.patch.rect), patch.rect)
      if (isEmptyRect(at)) return []
      return { ...one, at, coverage: faded(coverageMask(one.patch, at), one.patch.blend.opacity) }
    })
    const tone = toneOf(
      patch,
      (over) => partOf(pixels, patch, over),
      (over) => partOf(below, patch, over),
    )
    const isPlain = tone.shift === NO_SHIFT && tone.seam === null
    this.toned = isPlain ? pixels : partOf(pixels, patch, patch.rect)
    if (!isPlain) applyTone(this.toned, patch.rect, tone)
  }

  /** The picture over what the patch changes with this blend, patches above included; null where it changes nothing. */
  draw(blend: Blend): ComposedPatch | null {
    const { patch: before, below } = this.job
    const patch = { ...before, blend }
    const bounds = coverageBounds(patch)
    if (isEmptyRect(bounds)) return null
    const rect = gridRect(bounds, patch.rect)
    const coverage = faded(this.stages.mask(blend, rect), blend.opacity)
    const own = partOf(this.toned, patch, rect)
    const crop = pasteBack(partOf(below, patch, rect), own, coverage, rectOf(rect))
    for (const one of this.above) {
      const part = intersectRect(one.at, rect)
      if (isEmptyRect(part)) continue
      const at = movedRect(part, -rect.x, -rect.y)
      const covered = cropGray(one.coverage, movedRect(part, -one.at.x, -one.at.y))
      pasteInto(crop, pasteBack(crop, partOf(one.pixels, one.patch, part), covered, at), at.x, at.y)
    }
    return { rect, crop }
  }
}

/** A copy of an image of the patch's rectangle over a part of it. */
function partOf(image: RgbaImage, { rect }: Patch, over: Rect): RgbaImage {
  return cropRgba(image, movedRect(over, -rect.x, -rect.y))
}
