import { DEFAULT_CONTEXT, MAX_CONTEXT } from './contextLimits'
import { clamp, intersectRect, isEmptyRect, type Rect, rectOf, type Size } from '../geometry'

/** How much around a hole of this side a model needs to see to continue it, image px. */
function margin(side: number): number {
  return Math.max(64, Math.ceil(side * 0.75))
}

/** The least that is shown around a hole, image px. */
function minMargin(side: number): number {
  return Math.max(8, Math.ceil(side * 0.05))
}

/**
 * The region for a backend that works at any size: the mask's bounds with a margin, cut to the picture. Its cost
 * depends on the hole, not on the picture.
 * @param bounds of the mask, image px
 * @param context percents, 0..100
 */
export function surroundings(bounds: Rect, picture: Size, context = DEFAULT_CONTEXT): Rect {
  const side = Math.max(bounds.width, bounds.height)
  const whole = rectOf(picture)
  const grown = (by: number) =>
    intersectRect(
      { x: bounds.x - by, y: bounds.y - by, width: bounds.width + 2 * by, height: bounds.height + 2 * by },
      whole,
    )
  const usual = grown(margin(side))
  if (context === DEFAULT_CONTEXT) return usual
  return context < DEFAULT_CONTEXT
    ? between(grown(minMargin(side)), usual, context / DEFAULT_CONTEXT)
    : between(usual, whole, (context - DEFAULT_CONTEXT) / (MAX_CONTEXT - DEFAULT_CONTEXT))
}

/** @param share 0 is `from`, 1 is `to` */
function between(from: Rect, to: Rect, share: number): Rect {
  const mix = (a: number, b: number) => Math.round(a + (b - a) * share)
  const x = mix(from.x, to.x)
  const y = mix(from.y, to.y)
  return {
    x,
    y,
    width: mix(from.x + from.width, to.x + to.width) - x,
    height: mix(from.y + from.height, to.y + to.height) - y,
  }
}

/**
 * The region for a model with a fixed size. It has the model's aspect ratio (to a pixel), so nothing is squashed, and
 * holds the mask. At the usual context it has at least as many pixels as the model makes unless the picture has fewer;
 * a smaller one would only be enlarged. Where it cannot stay inside the picture it reaches over the edge, and the crop
 * is padded.
 * @param bounds of the mask, image px; empty takes the whole picture
 * @param model the size the model works at, px
 * @param context percents, 0..100
 * @returns image px
 */
export function workRegion(bounds: Rect, picture: Size, model: Size, context = DEFAULT_CONTEXT): Rect {
  const whole = growToAspect(rectOf(picture), model)
  if (isEmptyRect(bounds) || context >= MAX_CONTEXT) return whole
  const longAt = (percents: number) => longSide(growToAspect(surroundings(bounds, picture, percents), model))
  const longest = longSide(whole)
  const usual = Math.min(longest, Math.max(longAt(DEFAULT_CONTEXT), longSide(model)))
  // In equal ratios, so that each step of a slider shows.
  const ratio = (from: number, to: number, share: number) => from * (to / from) ** share
  const long =
    context <= DEFAULT_CONTEXT
      ? ratio(longAt(0), usual, context / DEFAULT_CONTEXT)
      : ratio(usual, longest, (context - DEFAULT_CONTEXT) / (MAX_CONTEXT - DEFAULT_CONTEXT))
  // From the long side: from the short one, its rounding would be multiplied.
  const side = (length: number) => Math.round((length * long) / longSide(model))
  return settled({ width: side(model.width), height: side(model.height) }, bounds, picture, model)
}

/**
 * The region of a model's shape around an area, to a pixel: no smaller than the area, no larger than the picture has room
 * for.
 * @param area image px
 * @returns image px
 */
export function regionAround(area: Rect, picture: Size, model: Size): Rect {
  // An area that has the shape already stays as it is: it would grow by rounding.
  return settled(hasShape(area, model) ? area : growToAspect(area, model), area, picture, model)
}

/** To a pixel of either side. */
function hasShape({ width, height }: Size, model: Size): boolean {
  const offHeight = Math.abs((width * model.height) / model.width - height)
  const offWidth = Math.abs((height * model.width) / model.height - width)
  return Math.min(offHeight, offWidth) < 1
}

/** A region of this size with an area in its middle, moved into the picture; no larger than the model's shape around that. */
function settled({ width, height }: Size, area: Rect, picture: Size, model: Size): Rect {
  const whole = growToAspect(rectOf(picture), model)
  if (width >= whole.width || height >= whole.height) return whole
  const cx = area.x + area.width / 2
  const cy = area.y + area.height / 2
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

function longSide({ width, height }: Size): number {
  return Math.max(width, height)
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
