import { rectOf } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/convertColors'
import { baseOf, pictureSize, type SourceImage } from './source'

/** What draws a picture, bottom first. */
export function layersOfPicture(source: SourceImage) {
  const base = baseOf(source)
  return [
    {
      levels: base.levels,
      at: rectOf(pictureSize(base)),
      opaque: base.opaque,
      colorSpace: shownSpace(base.pixels.profile),
    },
    ...(source.applied?.patches ?? []).map(({ levels, rect, opaque, crop }) => ({
      levels,
      at: rect,
      opaque,
      colorSpace: shownSpace(crop.profile),
    })),
  ]
}
