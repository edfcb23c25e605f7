import { type ImagePoint, type Rect, rectOf } from '../../geometry'
import type { GrayImage, RgbaImage } from '../../image/raster'
import { type ColorSelection, selectByColor } from './colorSelect'
import { selectObject } from './objectSelect'

/** What is to be selected on the picture. */
export type Selection =
  | { readonly kind: 'color'; readonly point: ImagePoint; readonly options: ColorSelection }
  | {
      readonly kind: 'object'
      /** A rough loop around the object, or one point on it; image px. */
      readonly outline: readonly ImagePoint[]
      /** Pixels at the edge count whole: taking away half of what is half covered would leave a rim. */
      readonly whole: boolean
    }

/** @returns coverage over `rect`, image px */
export function runSelection(picture: RgbaImage, selection: Selection): { rect: Rect; image: GrayImage } {
  if (selection.kind === 'object') {
    const found = selectObject(picture, selection.outline)
    const { data } = found.image
    if (selection.whole) for (let i = 0; i < data.length; i++) if (data[i] > 0) data[i] = 255
    return found
  }
  return { rect: rectOf(picture), image: selectByColor(picture, selection.point, selection.options) }
}
