import { intersectRect, isEmptyRect, type Rect } from '../../geometry'
import type { GrayImage } from '../../image/raster'
import { type Mask, maskBounds } from '../mask'
import { feather, fillHoles, grow, removeSpecks, shrink, smooth } from './morphology'

/** A change of the whole mask that follows from the mask alone. */
export type MaskOperation =
  | {
      readonly kind: 'grow' | 'shrink' | 'feather' | 'smooth'
      /** Whole image px. */
      readonly radius: number
    }
  | { readonly kind: 'fillHoles' }
  | {
      readonly kind: 'removeSpecks'
      /** Parts with fewer pixels go. */
      readonly size: number
    }

/** What an operation reads and writes: the mask's bounds and as far around them as it reaches; image px. */
export function operationRegion(mask: Mask, operation: MaskOperation): Rect {
  const bounds = maskBounds(mask)
  if (isEmptyRect(bounds)) return bounds
  const by = ('radius' in operation ? operation.radius : 0) + 2
  return intersectRect(
    { x: bounds.x - by, y: bounds.y - by, width: bounds.width + 2 * by, height: bounds.height + 2 * by },
    mask.frame,
  )
}

/** Runs an operation on the coverage over its region. The same input gives the same bytes, here and in a worker. */
export function runOperation(image: GrayImage, operation: MaskOperation): GrayImage {
  switch (operation.kind) {
    case 'grow':
      return grow(image, operation.radius)
    case 'shrink':
      return shrink(image, operation.radius)
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
