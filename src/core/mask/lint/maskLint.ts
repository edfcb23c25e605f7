import { intersectRect, type Rect, type Size } from '../../geometry'
import { createGray, type GrayImage } from '../../image/raster'
import { resampleGray } from '../../image/resample'
import { workRegion } from '../../image/workRegion'
import { findComponents } from '../refine/components'
import { type Mask, maskBounds, maskCoverage, readMask } from '../mask'
import { encodeRuns } from '../raster/maskRuns'
import { INSIDE } from '../refine/morphology'

/** What is likely a slip in a mask. */
export interface MaskLint {
  /** Separate parts, and gaps it encloses, that are too small to be meant. */
  readonly specks: number
  readonly pinholes: number
  /** No pixel is covered by half: a model that knows only yes and no sees nothing of it. */
  readonly faint: boolean
  /** Covered well, but too thin to be seen once it is reduced to the model's size. */
  readonly lost: boolean
}

/** Smaller parts and gaps are hardly meant, px; beside a part of the usual size. */
export const SPECK_PIXELS = 64

/** What there is to say of a mask before a run. */
export interface MaskReview {
  readonly lint: MaskLint
  /** Of the frame, 0..1. */
  readonly coverage: number
  /** Image px that become one px of what the model is given. */
  readonly reduction: number
  /** What mends pinholes or faintness when painted over the mask; null where painting mends nothing. */
  readonly patch: { readonly rect: Rect; readonly runs: Uint8Array<ArrayBuffer> } | null
}

/** @param model the size it works at; null where it has none of its own. @returns null of an empty mask */
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
 * Looks a mask over.
 * @param image what covers the mask's bounds with a free pixel around them, where there is one
 * @param reduction image px that become one px of the model, >= 1
 */
export function lintMask(image: GrayImage, reduction = 1): MaskLint {
  const parts = findComponents(image, (value) => value >= INSIDE)
  const gaps = findComponents(image, (value) => value < INSIDE)
  const small = parts.size.filter((size) => size < SPECK_PIXELS).length
  return {
    // A mask of nothing but small parts is a small mask: for a scratch or a spot.
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

/** Coverage that closes the pinholes, to be painted over the mask; of a faint mask, what makes it solid. */
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
