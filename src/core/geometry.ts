/** A position in image space: origin at the source's top-left corner, x right, y down, unit one source pixel. */
export interface ImagePoint {
  readonly space?: 'image'
  readonly x: number
  readonly y: number
}

/** A position in CSS px, relative to the top-left corner of the pane that shows the image. */
export interface ScreenPoint {
  readonly space?: 'screen'
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Half-open: x <= px < x + width. In image px, unless a name says otherwise. */
export interface Rect extends Size {
  readonly x: number
  readonly y: number
}

export const EMPTY_RECT: Rect = { x: 0, y: 0, width: 0, height: 0 }

/** True where it holds no pixel: a side is 0, or below. */
export function isEmptyRect(rect: Rect): boolean {
  return rect.width <= 0 || rect.height <= 0
}

/** The smallest rectangle that contains both; an empty one is ignored. */
export function unionRect(a: Rect, b: Rect): Rect {
  if (isEmptyRect(a)) return b
  if (isEmptyRect(b)) return a
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/** The area that both rectangles share; EMPTY_RECT where there is none. */
export function intersectRect(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : EMPTY_RECT
}

/** The rectangle with `by` more on each side. */
export function grownBy({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** The rectangle by so much further right and down, in its own unit. */
export function movedRect(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy }
}

/** True where no part of `inner` lies beyond `outer`; shared edges count as inside. */
export function containsRect(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

/** True from the left and top edge on, and before the right and bottom one. */
export function containsPoint(rect: Rect, { x, y }: ImagePoint): boolean {
  return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height
}

/** A rectangle of this size at the origin. */
export function rectOf(size: Size): Rect {
  return { x: 0, y: 0, width: size.width, height: size.height }
}

/** @returns the value, else the nearer of `low` and `high`, both of them allowed */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}
