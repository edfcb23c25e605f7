import { clamp, type Rect, type Size, unionRect } from '../geometry'
import { anchored, type RegionHandle, sidesOf } from '../rectHandles'
import { MIN_SENT_SIDE } from './sendPlan'

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
