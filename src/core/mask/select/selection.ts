import { type ImagePoint, type Rect, rectOf } from '../../geometry'
import { mixedRim } from '../../image/mixedRim'
import type { GrayImage, RgbaImage } from '../../image/raster'
import { type ColorSelection, selectByColor } from './colorSelect'
import { selectObject } from './objectSelect'

/** How to select on the picture. */
export type Selection =
  | { readonly kind: 'color'; readonly point: ImagePoint; readonly options: ColorSelection }
  | {
      readonly kind: 'object'
      /** A rough loop around the object, or one point on it; image px. */
      readonly outline: readonly ImagePoint[]
      /** Gives pixels at the edge full coverage: erasing half of a half-covered pixel would leave a rim. */
      readonly whole: boolean
    }

/** Selects on the picture. @returns coverage over `rect`, image px; `rect` is empty where nothing was found */
export function runSelection(picture: RgbaImage, selection: Selection): { rect: Rect; image: GrayImage } {
  if (selection.kind === 'object') {
    const found = selectObject(picture, selection.outline)
    const { data } = found.image
    if (selection.whole) for (let i = 0; i < data.length; i++) if (data[i] > 0) data[i] = 255
    return found
  }
  const image = selectByColor(picture, selection.point, selection.options)
  // The edge of what is selected is a mix of it and the ground: left out, it would stay as an outline.
  for (const p of mixedRim(picture, image.data)) image.data[p] = 255
  return { rect: rectOf(picture), image }
}
