import { intersectRect, isEmptyRect, type Rect } from '../../geometry'
import type { GrayImage } from '../../image/raster'
import { type Mask, maskBounds } from '../mask'
import { feather, fillHoles, grow, removeSpecks, shrink, smooth } from './morphology'

/** A change of the whole mask that depends on nothing but the mask. */
export type MaskOperation =
  | {
      readonly kind: 'grow' | 'shrink'
      /** Whole image px. */
      readonly radius: number
      /** Crisp edges stay crisp and move by exactly the radius; left out by masks of earlier versions. */
      readonly crisp?: true
    }
  | {
      readonly kind: 'feather' | 'smooth'
      /** Whole image px. */
      readonly radius: number
    }
  | { readonly kind: 'fillHoles' }
  | {
      readonly kind: 'removeSpecks'
      /** Parts with fewer pixels are removed. */
      readonly size: number
    }

/** The area that an operation reads and writes, image px: the mask's bounds, extended by its radius. */
export function operationRegion(mask: Mask, operation: MaskOperation): Rect {
  const bounds = maskBounds(mask)
  if (isEmptyRect(bounds)) return bounds
  const by = ('radius' in operation ? operation.radius : 0) + 2
  return intersectRect(
    { x: bounds.x - by, y: bounds.y - by, width: bounds.width + 2 * by, height: bounds.height + 2 * by },
    mask.frame,
  )
}

/** Runs an operation on coverage. The same input gives the same bytes in every browser. @returns a new image */
export function runOperation(image: GrayImage, operation: MaskOperation): GrayImage {
  switch (operation.kind) {
    case 'grow':
      return grow(image, operation.radius, operation.crisp)
    case 'shrink':
      return shrink(image, operation.radius, operation.crisp)
    case 'feather':
      return feather(image, operation.radius)
    case 'smooth':
      return smooth(image, operation.radius)
    case 'fillHoles':
      return fillHoles(image)
    case 'removeSpecks':
      return removeSpecks(image, operation.size)
  }
}
