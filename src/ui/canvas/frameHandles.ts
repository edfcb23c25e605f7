import type { Rect } from '../../core/geometry'
import type { RegionHandle } from '../../core/rectHandles'
import { imageToScreen, type View } from '../../core/viewport'

/** How far from a handle a pointer takes hold of it, CSS px: 44 across for a finger. */
export const REACH = 22
/** A frame snaps within this, CSS px. */
export const SNAP = 6

export const CURSORS: Readonly<Record<RegionHandle, string>> = {
  move: 'move',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
}

/** What each arrow key moves, by steps. */
export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** An area as the style of an element over the canvas. */
export function placeOf(view: View, area: Rect) {
  const from = imageToScreen(view, area)
  const to = imageToScreen(view, { x: area.x + area.width, y: area.y + area.height })
  return {
    transform: `translate(${from.x}px, ${from.y}px)`,
    width: to.x - from.x,
    height: to.y - from.y,
  }
}
