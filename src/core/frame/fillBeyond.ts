import { intersectRect, isEmptyRect, movedRect, type Rect } from '../geometry'
import { cropRgba, type RgbaImage } from '../image/raster'

/**
 * Fills what lies beyond the base with its nearest edge: a model that cannot take transparency goes on from there.
 * @param image a part of the picture, over `rect`
 * @param rect, base image px
 * @returns `image` itself where it shows nothing else, or nothing of the base
 */
export function fillBeyond(image: RgbaImage, rect: Rect, base: Rect): RgbaImage {
  const inside = intersectRect(rect, base)
  const isInside = inside.width === rect.width && inside.height === rect.height
  if (isInside || isEmptyRect(inside)) return image
  const core = cropRgba(image, movedRect(inside, -rect.x, -rect.y))
  const filled = cropRgba(core, movedRect(rect, -inside.x, -inside.y))
  const [to, own] = [filled, image].map(
    ({ data }) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4),
  )
  // What a kept result has put there stays.
  for (let p = 0; p < own.length; p++) if (own[p] >>> 24 > 0) to[p] = own[p]
  return filled
}
