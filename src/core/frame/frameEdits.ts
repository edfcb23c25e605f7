import { clamp, containsRect, intersectRect, isEmptyRect, type Rect, type Size } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'

/** Limits of a frame. */
export const MAX_FRAME_PIXELS = 50_000_000
export const MAX_FRAME_SIDE = 16_384
/** How far the mask of what was added reaches into what was there, px. */
export const MAX_OVERLAP = 128

/** Where what was there stays in the new frame, 0 for the left or top edge, 1 for the middle, 2 for the other edge. */
export interface Anchor {
  readonly column: 0 | 1 | 2
  readonly row: 0 | 1 | 2
}

/** True where a frame can be open: at least one pixel of the base and within the limits. */
export function isFrame(frame: Rect, base: Rect): boolean {
  const { width, height } = frame
  const isSized = width <= MAX_FRAME_SIDE && height <= MAX_FRAME_SIDE && width * height <= MAX_FRAME_PIXELS
  return isSized && !isEmptyRect(intersectRect(frame, base))
}

/** The frame of another size around `frame`, by where `frame` stays in it. @param size whole px */
export function anchoredFrame(frame: Rect, size: Size, { column, row }: Anchor): Rect {
  return {
    x: frame.x - Math.round(((size.width - frame.width) * column) / 2),
    y: frame.y - Math.round(((size.height - frame.height) * row) / 2),
    width: size.width,
    height: size.height,
  }
}

/**
 * The size of a shape.
 * @param grows the smallest that holds `size`, else the largest inside it
 */
export function sizeOfShape({ width, height }: Size, aspect: number, grows: boolean): Size {
  const isWider = width / height > aspect
  return isWider === grows
    ? { width, height: Math.max(1, Math.round(width / aspect)) }
    : { width: Math.max(1, Math.round(height * aspect)), height }
}

/** What the new area of a frame is told from: what a larger frame had added had its mask then. */
export function thereBefore(open: Rect, base: Rect): Rect {
  return containsRect(open, base) ? open : base
}

/**
 * Masks what a frame shows beyond what was there.
 * @param there image px
 * @param overlapPx how far the mask reaches into it, 0..MAX_OVERLAP
 * @returns nothing where the frame shows nothing else
 */
export function maskBeyond(frame: Rect, there: Rect, overlapPx: number): MaskCommand[] {
  if (containsRect(there, frame)) return []
  const by = Math.round(clamp(overlapPx, 0, MAX_OVERLAP))
  const kept = intersectRect(frame, there)
  const [right, bottom] = [frame.x + frame.width, frame.y + frame.height]
  // Only edges that something was added at; what is left of the kept part has at least no width.
  const left = Math.min(kept.x + (kept.x > frame.x ? by : 0), kept.x + kept.width)
  const top = Math.min(kept.y + (kept.y > frame.y ? by : 0), kept.y + kept.height)
  const keptRight = Math.max(left, kept.x + kept.width - (kept.x + kept.width < right ? by : 0))
  const keptBottom = Math.max(top, kept.y + kept.height - (kept.y + kept.height < bottom ? by : 0))
  const strips: Rect[] = [
    { x: frame.x, y: frame.y, width: frame.width, height: top - frame.y },
    { x: frame.x, y: keptBottom, width: frame.width, height: bottom - keptBottom },
    { x: frame.x, y: top, width: left - frame.x, height: keptBottom - top },
    { x: keptRight, y: top, width: right - keptRight, height: keptBottom - top },
  ]
  return strips
    .filter((rect) => !isEmptyRect(rect))
    .map((rect) => ({ kind: 'rectangle', mode: 'paint', rect }))
}
