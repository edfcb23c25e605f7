import { containsRect, intersectRect, isEmptyRect, movedRect, type Rect } from '../geometry'
import { pasteBack } from '../image/composite'
import { gridRect } from '../image/cropGrid'
import { cropGray, cropRgba, pasteInto, type RgbaImage } from '../image/raster'
import { changedPart, type ComposedPatch, faded } from './composePatch'
import { coverageBounds, coverageMask, CoverageStages } from './coverage'
import type { Blend, Patch } from './document'
import { NO_SHIFT } from './matchColor'
import { isEqual } from './equality'
import { type LiveParts, scaledAround, scaledBlend, scaledParts, scaledUp } from './liveScale'
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

type LivePart = Pick<ComposedPatch, 'rect' | 'crop'>

/** What a screen shows of the picture. */
export interface LiveView {
  /** Image px. */
  readonly seen: Rect
  /**
   * How many px of the picture a px of the crop stands for, a power of two: a screen that shows fewer needs no more, and a
   * frame costs that much less.
   */
  readonly scale: number
}

/**
 * A patch whose blend is being changed: what does not depend on the value that moves is computed once. A matched colour
 * and a repaired seam stay as they were found; `composePatch` finds them anew.
 */
export class LiveBlend {
  private readonly parts: LiveParts
  private smaller: { readonly scale: number; readonly parts: LiveParts } | null = null
  private stages: {
    readonly parts: LiveParts
    readonly wanted: Rect
    readonly stages: CoverageStages
  } | null = null

  constructor({ patch, pixels, below, above }: LiveJob) {
    const covering = above.flatMap((one) => {
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
    const toned = isPlain ? pixels : partOf(pixels, patch, patch.rect)
    if (!isPlain) applyTone(toned, patch.rect, tone)
    this.parts = { patch, below, toned, above: covering, scale: 1 }
  }

  /**
   * The picture over what the patch changes of what is seen with this blend, patches above included; null where that is
   * nothing.
   * @returns at a scale of 1 the bytes of the composed picture
   */
  draw(blend: Blend, { seen, scale }: LiveView): LivePart | null {
    const { rect } = this.parts.patch
    if (scale === 1 || Math.min(rect.width, rect.height) < 2 * scale)
      return this.drawParts(this.parts, blend, seen)
    if (this.smaller?.scale !== scale) this.smaller = { scale, parts: scaledParts(this.parts, scale) }
    const drawn = this.drawParts(
      this.smaller.parts,
      scaledBlend(blend, scale),
      scaledAround(seen, rect, scale),
    )
    return drawn && { ...drawn, rect: scaledUp(drawn.rect, rect, scale) }
  }

  private drawParts(parts: LiveParts, blend: Blend, seen: Rect): LivePart | null {
    const { below, toned, above } = parts
    const patch = { ...parts.patch, blend }
    const wanted = gridRect(seen, patch.rect)
    const bounds = intersectRect(coverageBounds(patch), wanted)
    if (isEmptyRect(bounds)) return null
    const rect = gridRect(bounds, patch.rect)
    const coverage = faded(this.stagesOf(parts, wanted).mask(blend, rect), blend.opacity)
    const isAll = containsRect(rect, patch.rect)
    const own = isAll ? toned : partOf(toned, patch, rect)
    const crop = pasteBack(below, own, coverage, movedRect(rect, -patch.rect.x, -patch.rect.y))
    for (const one of above) {
      const part = intersectRect(one.at, rect)
      if (isEmptyRect(part)) continue
      const at = movedRect(part, -rect.x, -rect.y)
      const covered = cropGray(one.coverage, movedRect(part, -one.at.x, -one.at.y))
      pasteInto(crop, pasteBack(crop, partOf(one.pixels, one.patch, part), covered, at), at.x, at.y)
    }
    return { rect, crop }
  }

  private stagesOf(parts: LiveParts, wanted: Rect): CoverageStages {
    if (this.stages?.parts !== parts || !isEqual(this.stages.wanted, wanted))
      this.stages = { parts, wanted, stages: new CoverageStages(parts.patch, wanted, parts.scale) }
    return this.stages.stages
  }
}

/** A copy of an image of the patch's rectangle over a part of it. */
function partOf(image: RgbaImage, { rect }: Patch, over: Rect): RgbaImage {
  return cropRgba(image, movedRect(over, -rect.x, -rect.y))
}
