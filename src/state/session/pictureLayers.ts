import { rectOf } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/convertColors'
import { layersOf } from './patches'
import { baseOf, pictureSize, type SourceImage } from './source'

/** What draws a picture, bottom first. */
export function layersOfPicture(source: SourceImage) {
  const base = baseOf(source)
  const colorSpace = shownSpace(base.pixels.profile)
  return [
    { levels: base.levels, at: rectOf(pictureSize(base)), opaque: base.opaque, colorSpace },
    ...layersOf(source).map(({ levels, rect, opaque }) => ({ levels, at: rect, opaque, colorSpace })),
  ]
}
