import { type ImagePoint, type Rect, rectOf } from '../geometry'
import type { GrayImage, RgbaImage } from '../image/raster'
import { type ColorSelection, selectByColor } from './colorSelect'
import { selectObject } from './objectSelect'

/** What is to be selected on the picture. */
export type Selection =
  | { readonly kind: 'color'; readonly point: ImagePoint; readonly options: ColorSelection }
  | {
      readonly kind: 'object'
      /** A rough loop around the object, or one point on it; image px. */
      readonly outline: readonly ImagePoint[]
    }

/** @returns coverage over `rect`, image px */
export function runSelection(picture: RgbaImage, selection: Selection): { rect: Rect; image: GrayImage } {
  if (selection.kind === 'object') return selectObject(picture, selection.outline)
  return { rect: rectOf(picture), image: selectByColor(picture, selection.point, selection.options) }
}
