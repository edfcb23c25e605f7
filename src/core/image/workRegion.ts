import { clamp, intersectRect, isEmptyRect, type Rect, type Size } from '../geometry'

/** How much around a hole of this side a model needs to see to continue it, image px. */
function margin(side: number): number {
  return Math.max(64, Math.ceil(side * 0.75))
}

/**
 * The region for a backend that works at any size: the mask's bounds with a margin, cut to the picture. Its cost
 * depends on the hole, not on the picture.
 * @param bounds of the mask, image px
 */
export function surroundings(bounds: Rect, picture: Size): Rect {
  const side = Math.max(bounds.width, bounds.height)
  const by = margin(side)
  const grown = {
    x: bounds.x - by,
    y: bounds.y - by,
    width: bounds.width + 2 * by,
    height: bounds.height + 2 * by,
  }
  return intersectRect(grown, { x: 0, y: 0, ...picture })
}

/**
 * The region for a model with a fixed size. It has the model's aspect ratio (to a pixel), so nothing is squashed, holds
 * the mask with a margin, and has at least as many pixels as the model makes unless the picture has fewer. Where it
 * cannot stay inside the picture it reaches over the edge, and the crop is padded.
 * @param bounds of the mask, image px; empty takes the whole picture
 * @param model the size the model works at, px
 * @returns image px
 */
export function workRegion(bounds: Rect, picture: Size, model: Size): Rect {
  const whole = growToAspect({ x: 0, y: 0, width: picture.width, height: picture.height }, model)
  if (isEmptyRect(bounds)) return whole
  const wanted = growToAspect(surroundings(bounds, picture), model)
  // A crop smaller than the model's size would only be enlarged: show more of the picture instead.
  const scale = Math.max(1, model.width / wanted.width)
  const width = Math.round(wanted.width * scale)
  if (width >= whole.width) return whole
  const height = Math.round((width * model.height) / model.width)
  const cx = bounds.x + bounds.width / 2
  const cy = bounds.y + bounds.height / 2
  return {
    x: settle(Math.round(cx - width / 2), width, picture.width),
    y: settle(Math.round(cy - height / 2), height, picture.height),
    width,
    height,
  }
}

/** The start of a span of `length` after moving it into 0..limit; centred where it is longer. */
function settle(start: number, length: number, limit: number): number {
  return length >= limit ? Math.floor((limit - length) / 2) : clamp(start, 0, limit - length)
}

/** The smallest rectangle of `shape`'s aspect around `rect`, with the same centre. */
function growToAspect(rect: Rect, shape: Size): Rect {
  const aspect = shape.width / shape.height
  const width = Math.max(rect.width, Math.round(rect.height * aspect))
  const height = Math.max(rect.height, Math.round(rect.width / aspect))
  return {
    x: rect.x - Math.floor((width - rect.width) / 2),
    y: rect.y - Math.floor((height - rect.height) / 2),
    width,
    height,
  }
}
