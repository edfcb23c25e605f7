import type { Rect, Size } from '../geometry'
import { anchored, type RegionHandle, type ScaleHandle, sidesOf } from '../rectHandles'
import { isFrame } from './frameEdits'

export interface FrameDrag {
  readonly handle: RegionHandle
  /** Since the drag began, image px. */
  readonly dx: number
  readonly dy: number
  /** Width to height that the frame keeps; null for any. */
  readonly aspect: number | null
  /** Edges snap to those of the base, and to where they were, within this, image px. */
  readonly snapPx: number
}

/**
 * A frame after a drag: outward it extends, inward it crops, in whole px. Where it would pass a limit, or leave the base,
 * it stops before.
 * @param frame as the drag began
 */
export function draggedFrame(frame: Rect, drag: FrameDrag, base: Rect): Rect {
  const part = (share: number) => moved(frame, { ...drag, dx: drag.dx * share, dy: drag.dy * share }, base)
  const whole = part(1)
  if (isFrame(whole, base) || !isFrame(frame, base)) return whole
  let [inside, outside] = [0, 1]
  // Half a pixel of any drag on a screen.
  for (let i = 0; i < 16; i++) {
    const middle = (inside + outside) / 2
    if (isFrame(part(middle), base)) inside = middle
    else outside = middle
  }
  const last = part(inside)
  return isFrame(last, base) ? last : frame
}

function moved(frame: Rect, { handle, dx, dy, aspect, snapPx }: FrameDrag, base: Rect): Rect {
  if (handle === 'move') {
    const x = snapped(frame.x + dx, [base.x, base.x + base.width - frame.width, frame.x], snapPx)
    const y = snapped(frame.y + dy, [base.y, base.y + base.height - frame.height, frame.y], snapPx)
    return { ...frame, x, y }
  }
  const sides = sidesOf(handle)
  if (aspect !== null) return shaped(frame, handle, { dx: sides.x * dx, dy: sides.y * dy }, aspect)
  const [left, right] = edges(frame.x, frame.width, sides.x, dx, [base.x, base.x + base.width], snapPx)
  const [top, bottom] = edges(frame.y, frame.height, sides.y, dy, [base.y, base.y + base.height], snapPx)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Both ends of one direction, of which a side is moved. */
function edges(
  from: number,
  length: number,
  side: -1 | 0 | 1,
  by: number,
  ends: readonly number[],
  snapPx: number,
): readonly [number, number] {
  const to = from + length
  if (side < 0) return [Math.min(snapped(from + by, [...ends, from], snapPx), to - 1), to]
  if (side > 0) return [from, Math.max(snapped(to + by, [...ends, to], snapPx), from + 1)]
  return [from, to]
}

function snapped(at: number, stops: readonly number[], reach: number): number {
  const near = stops.filter((stop) => Math.abs(stop - at) <= reach)
  return Math.round(near.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? at)
}

/** @param shape height to width */
function sized(width: number, shape: number): Size {
  const whole = Math.max(1, Math.round(width))
  return { width: whole, height: Math.max(1, Math.round(whole * shape)) }
}

function turned({ width, height }: Size): Size {
  return { width: height, height: width }
}

/** An edge grows the frame to both sides of it; the side or corner across from the handle stays. */
function shaped(
  frame: Rect,
  handle: ScaleHandle,
  { dx, dy }: { readonly dx: number; readonly dy: number },
  aspect: number,
): Rect {
  const sides = sidesOf(handle)
  const [width, height] = [frame.width + dx, frame.height + dy]
  const isByWidth = sides.y === 0 || (sides.x !== 0 && width >= height * aspect)
  const size: Size = isByWidth ? sized(width, 1 / aspect) : turned(sized(height, aspect))
  const rect = anchored(frame, handle, size)
  return {
    ...rect,
    ...(sides.x === 0 && { x: Math.round(frame.x + (frame.width - size.width) / 2) }),
    ...(sides.y === 0 && { y: Math.round(frame.y + (frame.height - size.height) / 2) }),
  }
}
