import { intersectRect, type Rect, rectOf } from '../../core/geometry'
import { grayBounds } from '../../core/image/grayBounds'
import { cropRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { CROP_GRID } from '../../core/image/cropGrid'

/** A part of a picture that was filled. */
export interface FilledPart {
  readonly image: RgbaImage
  /** Where it lies, px of the picture. */
  readonly at: Rect
}

/** A part that the fill engine made. */
export interface EngineAnswer extends FilledPart {
  /** @see FilledImage */
  readonly misfit: number
}

/** What a fill has changed, with the margin that placing it takes: the surroundings it was made from stay behind. */
export function filledPart(filled: RgbaImage, mask: GrayImage): FilledPart {
  const { x, y, width, height } = grayBounds(mask)
  const grown = {
    x: x - CROP_GRID,
    y: y - CROP_GRID,
    width: width + 2 * CROP_GRID,
    height: height + 2 * CROP_GRID,
  }
  const at = intersectRect(grown, rectOf(filled))
  return { image: cropRgba(filled, at), at }
}
