import type { GrayImage } from '../image/raster'
import { findComponents } from './components'
import { INSIDE } from './morphology'

/** What is likely a slip in a mask. */
export interface MaskLint {
  /** Separate parts, and gaps it encloses, that are too small to be meant. */
  readonly specks: number
  readonly pinholes: number
  /** No pixel is covered by half: a model that knows only yes and no sees nothing of it. */
  readonly faint: boolean
}

/** Smaller parts and gaps are hardly meant, px; beside a part of the usual size. */
export const SPECK_PIXELS = 64

/** Looks a mask over. @param image what covers the mask's bounds with a free pixel around them, where there is one */
export function lintMask(image: GrayImage): MaskLint {
  const parts = findComponents(image, (value) => value >= INSIDE)
  const gaps = findComponents(image, (value) => value < INSIDE)
  const small = parts.size.filter((size) => size < SPECK_PIXELS).length
  return {
    // A mask of nothing but small parts is a small mask: for a scratch or a spot.
    specks: small < parts.count ? small : 0,
    pinholes: gaps.size.filter((size, part) => size < SPECK_PIXELS && !gaps.atBorder[part]).length,
    faint: parts.count === 0 && image.data.some((value) => value > 0),
  }
}
