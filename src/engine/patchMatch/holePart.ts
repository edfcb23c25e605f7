import type { FilledPart } from '../../core/image/filledPart'
import type { GrayImage } from '../../core/image/raster'

/** The part of the picture that is going to change. */
export interface HolePart extends FilledPart {
  /** Of the part. */
  readonly mask: GrayImage
}
