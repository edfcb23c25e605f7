import type { ImagePoint, Rect } from '../../core/geometry'
import { areaMode, type Preview, type Tool } from '../tool'

/** Rectangle and ellipse, dragged from corner to corner on whole pixels. */
function shapeTool(
  kind: 'rectangle' | 'ellipse',
  about: Pick<Tool, 'name' | 'help' | 'icon' | 'shortcut'>,
): Tool {
  return {
    ...about,
    id: kind,
    cursor: 'cross',
    heldByKey: true,
    begin(input) {
      const start = input.point
      let rect = rectBetween(start, start, false)
      return {
        get preview(): Preview {
          return kind === 'ellipse'
            ? { kind: 'ellipse', rect }
            : { kind: 'path', points: corners(rect), closed: true }
        },
        move({ point, shift }) {
          rect = rectBetween(start, point, shift)
        },
        finish: () => (rect.width > 0 && rect.height > 0 ? { kind, mode: areaMode(input), rect } : null),
      }
    },
  }
}

/** @param square makes both sides as long as the longer one */
function rectBetween(from: ImagePoint, to: ImagePoint, square: boolean): Rect {
  const x0 = Math.round(from.x)
  const y0 = Math.round(from.y)
  let dx = Math.round(to.x) - x0
  let dy = Math.round(to.y) - y0
  if (square) {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    dx = dx < 0 ? -side : side
    dy = dy < 0 ? -side : side
  }
  return { x: Math.min(x0, x0 + dx), y: Math.min(y0, y0 + dy), width: Math.abs(dx), height: Math.abs(dy) }
}

function corners({ x, y, width, height }: Rect): ImagePoint[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
}

export const rectangleTool = shapeTool('rectangle', {
  name: { en: 'Rectangle', zh: '矩形' },
  help: {
    en: 'Drag from corner to corner. Shift makes a square, Alt subtracts.',
    zh: '从一角拖到另一角。Shift 为正方形，Alt 为减去。',
  },
  icon: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z',
  shortcut: 'r',
})

export const ellipseTool = shapeTool('ellipse', {
  name: { en: 'Ellipse', zh: '椭圆' },
  help: {
    en: 'Drag from corner to corner. Shift makes a circle, Alt subtracts.',
    zh: '从一角拖到另一角。Shift 为圆形，Alt 为减去。',
  },
  icon: 'M12 5c5 0 9 3.1 9 7s-4 7-9 7-9-3.1-9-7 4-7 9-7z',
  shortcut: 'o',
})
