import { type ImagePoint, intersectRect, isEmptyRect, type Rect, type Size } from './geometry'

/** The eight places where a part is scaled, clockwise. */
export const SCALE_HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const

export type ScaleHandle = (typeof SCALE_HANDLES)[number]

/** What of a part is dragged. */
export type RegionHandle = ScaleHandle | 'move'

/** Which sides a handle moves: -1 the left or upper one, 1 the right or lower one, 0 none. */
export function sidesOf(handle: ScaleHandle): { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 } {
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
  const edge = edgeAt(region, point, reach)
  if (edge) return edge
  const isInside = !isEmptyRect(intersectRect({ ...point, width: 1e-6, height: 1e-6 }, region))
  return isInside ? 'move' : null
}

/** The edge that a point lies on; less of it counts where little of the part would be left to move it by. */
function edgeAt({ x, y, width, height }: Rect, point: ImagePoint, reach: number): ScaleHandle | null {
  const [across, along] = [Math.min(reach, width / 4), Math.min(reach, height / 4)]
  const isBeside = point.y >= y && point.y <= y + height
  const isAbove = point.x >= x && point.x <= x + width
  if (isBeside && Math.abs(point.x - x) <= across) return 'w'
  if (isBeside && Math.abs(point.x - x - width) <= across) return 'e'
  if (isAbove && Math.abs(point.y - y) <= along) return 'n'
  return isAbove && Math.abs(point.y - y - height) <= along ? 's' : null
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
