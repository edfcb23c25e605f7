import { SPECK_PIXELS } from '../maskLimits'
import { intersectRect, type Rect, type Size } from '../../geometry'
import { createGray, type GrayImage } from '../../image/raster'
import { resampleGray } from '../../image/resample'
import { workRegion } from '../../image/workRegion'
import { findComponents } from '../refine/components'
import { type Mask, maskBounds, maskCoverage, readMask } from '../mask'
import { encodeRuns } from '../raster/maskRuns'
import { INSIDE } from '../refine/morphology'

/** Likely mistakes in a mask. */
export interface MaskLint {
  /** Parts below SPECK_PIXELS beside a larger one. */
  readonly specks: number
  /** Enclosed gaps below SPECK_PIXELS. */
  readonly pinholes: number
  /** No pixel is covered by half: a model with a binary mask sees nothing of it. */
  readonly faint: boolean
  /** Too thin: nothing of it is covered by half at the model's size. */
  readonly lost: boolean
}

/** What the mask check shows before a run. */
export interface MaskReview {
  readonly lint: MaskLint
  /** The masked share of the frame, 0..1. */
  readonly coverage: number
  /** The side of a pixel of the model's input, image px, >= 1. */
  readonly reduction: number
  /** Painted over the mask, closes its pinholes or makes it solid; null where it has neither fault. */
  readonly patch: { readonly rect: Rect; readonly runs: Uint8Array<ArrayBuffer> } | null
}

/** Checks a mask. @param model the size it works at, px; null where any @returns null for an empty mask */
export function reviewMask(mask: Mask, model: Size | null): MaskReview | null {
  const bounds = maskBounds(mask)
  if (bounds.width === 0) return null
  const rect = intersectRect(
    { x: bounds.x - 1, y: bounds.y - 1, width: bounds.width + 2, height: bounds.height + 2 },
    mask.frame,
  )
  const image = readMask(mask, rect)
  const reduction = model ? Math.max(1, workRegion(bounds, mask.frame, model).width / model.width) : 1
  const lint = lintMask(image, reduction)
  const patch = lint.faint || lint.pinholes > 0 ? { rect, runs: encodeRuns(lintPatch(image, lint)) } : null
  return { lint, coverage: maskCoverage(mask), reduction, patch }
}

/**
 * Finds likely mistakes in coverage.
 * @param image the mask's bounds, with a free pixel on each side unless the frame ends there
 * @param reduction the side of a pixel of the model's input, image px, >= 1
 */
export function lintMask(image: GrayImage, reduction = 1): MaskLint {
  const parts = findComponents(image, (value) => value >= INSIDE)
  const gaps = findComponents(image, (value) => value < INSIDE)
  const small = parts.size.filter((size) => size < SPECK_PIXELS).length
  return {
    // A mask of small parts only is a small mask on purpose: for a scratch or a spot.
    specks: small < parts.count ? small : 0,
    pinholes: gaps.size.filter((size, part) => size < SPECK_PIXELS && !gaps.atBorder[part]).length,
    faint: parts.count === 0 && image.data.some((value) => value > 0),
    lost: parts.count > 0 && reduction > 1 && isLost(image, reduction),
  }
}

function isLost(image: GrayImage, reduction: number): boolean {
  const side = (length: number) => Math.max(1, Math.round(length / reduction))
  return resampleGray(image, side(image.width), side(image.height)).data.every((value) => value < INSIDE)
}

/** Coverage to paint over the mask: closes its pinholes, or makes a faint mask solid. */
export function lintPatch(image: GrayImage, lint: MaskLint): GrayImage {
  const out = createGray(image.width, image.height)
  if (lint.faint) {
    for (let i = 0; i < out.data.length; i++) out.data[i] = image.data[i] > 0 ? 255 : 0
    return out
  }
  const gaps = findComponents(image, (value) => value < INSIDE)
  for (let run = 0; run < gaps.part.length; run++) {
    const part = gaps.part[run]
    if (gaps.atBorder[part] || gaps.size[part] >= SPECK_PIXELS) continue
    const line = gaps.row[run] * image.width
    out.data.fill(255, line + gaps.start[run], line + gaps.end[run])
  }
  return out
}
