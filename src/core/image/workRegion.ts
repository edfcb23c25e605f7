import { clamp, intersectRect, isEmptyRect, type Rect, type Size } from '../geometry'

/** How much of the surroundings goes with a hole of this side, image px: what a fill needs to see to continue it. */
function margin(side: number): number {
  return Math.max(64, Math.ceil(side * 0.75))
}

/**
 * The part of the picture that a backend without a size of its own is given: the mask's bounds with a margin, inside
 * the picture. So the cost follows the hole, not the picture.
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
 * The part of the picture that a model with a fixed size is given. Its shape is the model's (to the rounding of one
 * pixel), so nothing is squashed. It holds the mask with a margin, never fewer pixels than the model makes (unless
 * the picture has fewer), and stays inside the picture where it can; where it cannot, it reaches over the edge and
 * the crop is padded with the edge's pixels.
 * @param bounds of the mask, image px; empty takes the whole picture
 * @param model the size the model works at
 */
export function workRegion(bounds: Rect, picture: Size, model: Size): Rect {
  const whole = growToAspect({ x: 0, y: 0, width: picture.width, height: picture.height }, model)
  if (isEmptyRect(bounds)) return whole
  const wanted = growToAspect(surroundings(bounds, picture), model)
  // A smaller crop than the model's own size would only be enlarged: give it more of the picture instead.
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

/** Moves a span of `length` inside 0..limit; centres it when it is longer. */
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
