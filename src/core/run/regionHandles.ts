import {
  clamp,
  type ImagePoint,
  intersectRect,
  isEmptyRect,
  type Rect,
  type Size,
  unionRect,
} from '../geometry'
import { MIN_SENT_SIDE } from './sendPlan'

/** The eight places where a part is scaled, clockwise. */
export const SCALE_HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const

export type ScaleHandle = (typeof SCALE_HANDLES)[number]

/** What of a part is dragged. */
export type RegionHandle = ScaleHandle | 'move'

/** Which sides a handle moves: -1 the left or upper one, 1 the right or lower one, 0 none. */
function sidesOf(handle: ScaleHandle): { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 } {
  return {
    x: handle.includes('w') ? -1 : handle.includes('e') ? 1 : 0,
    y: handle.includes('n') ? -1 : handle.includes('s') ? 1 : 0,
  }
}

/** Where a handle lies. */
export function handlePoint({ x, y, width, height }: Rect, handle: ScaleHandle): ImagePoint {
  const sides = sidesOf(handle)
  return { x: x + ((sides.x + 1) * width) / 2, y: y + ((sides.y + 1) * height) / 2 }
}

/**
 * What a pointer takes hold of.
 * @param reach how far from a handle it still counts, image px
 * @returns null outside the part
 */
export function handleAt(region: Rect, point: ImagePoint, reach: number): RegionHandle | null {
  const distance = (handle: ScaleHandle) => {
    const at = handlePoint(region, handle)
    return Math.max(Math.abs(at.x - point.x), Math.abs(at.y - point.y))
  }
  const [nearest] = SCALE_HANDLES.toSorted((a, b) => distance(a) - distance(b))
  if (distance(nearest) <= reach) return nearest
  const isInside = !isEmptyRect(intersectRect({ ...point, width: 1e-6, height: 1e-6 }, region))
  return isInside ? 'move' : null
}

export interface RegionDrag {
  readonly handle: RegionHandle
  /** Since the drag began, image px. */
  readonly dx: number
  readonly dy: number
  /** Corners keep the part's shape. */
  readonly keepsShape: boolean
}

/**
 * A part after a drag, in whole px. It stays inside the picture as far as it was.
 * @param frame what is shown of the picture
 */
export function draggedRegion(region: Rect, { handle, dx, dy, keepsShape }: RegionDrag, frame: Rect): Rect {
  const room = unionRect(frame, region)
  if (handle === 'move') {
    return {
      ...region,
      x: Math.round(clamp(region.x + dx, room.x, room.x + room.width - region.width)),
      y: Math.round(clamp(region.y + dy, room.y, room.y + room.height - region.height)),
    }
  }
  const sides = sidesOf(handle)
  const roomX = sides.x < 0 ? region.x + region.width - room.x : room.x + room.width - region.x
  const roomY = sides.y < 0 ? region.y + region.height - room.y : room.y + room.height - region.y
  let width = region.width + sides.x * dx
  let height = region.height + sides.y * dy
  if (keepsShape && sides.x !== 0 && sides.y !== 0) {
    const least = MIN_SENT_SIDE / Math.min(region.width, region.height)
    const most = Math.min(roomX / region.width, roomY / region.height)
    const scale = clamp(Math.max(width / region.width, height / region.height), least, most)
    width = region.width * scale
    height = region.height * scale
  }
  const side = (length: number, most: number) => Math.round(clamp(length, MIN_SENT_SIDE, most))
  return anchored(region, handle, { width: side(width, roomX), height: side(height, roomY) })
}

/** A part of another size: the side or corner across from the handle stays. */
export function anchored(region: Rect, handle: ScaleHandle, { width, height }: Size): Rect {
  const sides = sidesOf(handle)
  return {
    x: sides.x < 0 ? region.x + region.width - width : region.x,
    y: sides.y < 0 ? region.y + region.height - height : region.y,
    width,
    height,
  }
}

/** How a part is sent pixel by pixel, and at half and twice its size. */
const SNAPS = [0.5, 1, 2]

/**
 * Snaps a width to where a pixel sent is one, two or half a pixel of the photo.
 * @param size as which the part is sent, px
 * @param reach image px
 */
export function snappedWidth(width: number, size: Size, reach: number): number {
  return SNAPS.map((scale) => scale * size.width).find((snap) => Math.abs(snap - width) <= reach) ?? width
}
