import { intersectRect, type Rect, rectOf } from '../geometry'
import { CROP_GRID } from './cropGrid'
import { grayBounds } from './grayBounds'
import { cropRgba, type GrayImage, type RgbaImage } from './raster'

/** A part of a picture that was filled. */
export interface FilledPart {
  readonly image: RgbaImage
  /** Where it lies, px of the picture. */
  readonly at: Rect
}

/** What a fill changes, with the margin that placing it takes, px of the picture: its surroundings stay behind. */
export function filledRect(mask: GrayImage): Rect {
  const { x, y, width, height } = grayBounds(mask)
  const grown = {
    x: x - CROP_GRID,
    y: y - CROP_GRID,
    width: width + 2 * CROP_GRID,
    height: height + 2 * CROP_GRID,
  }
  return intersectRect(grown, rectOf(mask))
}

export function filledPart(filled: RgbaImage, mask: GrayImage): FilledPart {
  const at = filledRect(mask)
  return { image: cropRgba(filled, at), at }
}
