import { rectOf } from '../../core/geometry'
import { shownSpace } from '../../core/image/color/shownSpace'
import type { LiveLayer } from '../../platform/patchApi'
import { layersOf } from './patches'
import { baseOf, pictureSize, type SourceImage } from './source'

/** What draws a picture, bottom first. @param preview drawn over it while a blend changes */
export function layersOfPicture(source: SourceImage, preview: LiveLayer | null = null) {
  const base = baseOf(source)
  const colorSpace = shownSpace(base.pixels.profile)
  return [
    { levels: base.levels, at: rectOf(pictureSize(base)), opaque: base.opaque, colorSpace },
    ...[...layersOf(source), ...(preview ? [preview] : [])].map(({ levels, rect, opaque }) => ({
      levels,
      at: rect,
      opaque,
      colorSpace,
    })),
  ]
}
