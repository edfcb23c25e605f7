import type { ImagePoint } from '../../core/geometry'
import { areaMode, type Gesture, type PointerInput, type Tool } from '../tool'

/** How near to its first point a click closes a polygon, CSS px. */
const CLOSE_PX = 10
/** How far apart the two clicks of a double click may be, CSS px. */
const DOUBLE_CLICK_PX = 3

/** Rounded to half a pixel, as it is stored. */
function half({ x, y }: ImagePoint): ImagePoint {
  return { x: Math.round(x * 2) / 2, y: Math.round(y * 2) / 2 }
}

/** A loop drawn freehand; releasing the pointer closes it. */
export const lassoTool: Tool = {
  id: 'lasso',
  name: { en: 'Lasso', zh: '套索' },
  help: {
    en: 'Draw around an area; letting go closes the loop. Alt subtracts.',
    zh: '沿区域边缘绘制，松开即闭合。Alt 为减去。',
  },
  icon: 'M12 3.5c5 0 9 2.7 9 6s-4 6-9 6-9-2.7-9-6 4-6 9-6zM6 15a3 3 0 1 0 2 5.2c1-1 .6-2.7-.6-4M8.200 20c2 1 4.500.8 5.300-.5',
  shortcut: 'l',
  cursor: 'cross',
  heldByKey: true,
  begin(input) {
    const points = [half(input.point)]
    return {
      get preview() {
        return { kind: 'path' as const, points, closed: false }
      },
      move({ point }) {
        const next = half(point)
        const last = points[points.length - 1]
        if (next.x !== last.x || next.y !== last.y) points.push(next)
      },
      finish: () => (points.length >= 3 ? { kind: 'polygon', mode: areaMode(input), points } : null),
    }
  },
}

/** Corners by clicks; a click on the first corner, a double click or Enter closes the polygon. */
export const polygonTool: Tool = {
  id: 'polygon',
  name: { en: 'Polygon', zh: '多边形' },
  help: {
    en: 'Click corners; double-click, Enter or the first corner closes it.',
    zh: '单击各个角；双击、Enter 或单击第一个角即闭合。',
  },
  icon: 'M12 3l8.500 6.200-3.200 10.300H6.700L3.500 9.200z',
  shortcut: 'p',
  cursor: 'cross',
  begin: (input) => beginPolygon(input),
}

function beginPolygon(first: PointerInput): Gesture {
  const clicks = [first]
  const points = [half(first.point)]
  let loose = points[0]
  const place = ({ point, shift }: PointerInput) =>
    shift ? constrain(points[points.length - 1], point) : half(point)
  return {
    get preview() {
      return { kind: 'path' as const, points: [...points, loose], closed: false }
    },
    move(input) {
      loose = place(input)
    },
    again(input) {
      const onFirst = distance(input, first) <= CLOSE_PX
      const twice = distance(input, clicks[clicks.length - 1]) <= DOUBLE_CLICK_PX
      if (points.length >= 3 && (onFirst || twice)) return 'done'
      loose = place(input)
      points.push(loose)
      clicks.push(input)
      return 'more'
    },
    dropClick() {
      clicks.pop()
      points.pop()
      loose = points[points.length - 1]
    },
    finish: () => (points.length >= 3 ? { kind: 'polygon', mode: areaMode(first), points } : null),
  }
}

/** The distance of two clicks on the screen, CSS px at the zoom of the first argument. */
function distance({ point, scale }: PointerInput, other: PointerInput): number {
  return Math.max(Math.abs(point.x - other.point.x), Math.abs(point.y - other.point.y)) * scale
}

/** The nearest point on a line through `from` at a multiple of 45 degrees. */
function constrain(from: ImagePoint, to: ImagePoint): ImagePoint {
  const dx = to.x - from.x
  const dy = to.y - from.y
  if (Math.abs(dx) > 2.4142 * Math.abs(dy)) return half({ x: to.x, y: from.y })
  if (Math.abs(dy) > 2.4142 * Math.abs(dx)) return half({ x: from.x, y: to.y })
  const along = (Math.abs(dx) + Math.abs(dy)) / 2
  return half({ x: from.x + Math.sign(dx) * along, y: from.y + Math.sign(dy) * along })
}
