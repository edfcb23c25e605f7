import { clamp, type ImagePoint } from '../../core/geometry'
import { MAX_BRUSH_SIZE } from '../../core/mask/maskLimits'
import type { StrokePoint } from '../../core/mask/raster/rasterizeStroke'
import type { PointerInput, Tool } from '../tool'

/** Points of a line are at least this far apart, CSS px: a hand draws no finer. */
const MIN_GAP_PX = 3
/** How near to a line an erasing stroke takes it away, CSS px. */
const ERASER_PX = 12

/** A line along which a fill on this device goes on. */
export const guideTool: Tool = {
  id: 'guide',
  name: { en: 'Guide line', zh: '引导线' },
  help: {
    en: 'Draw across the mask along a line that should continue. Shift: straight. Alt: erase.',
    zh: '沿需要延续的线条画一笔，穿过蒙版。Shift：画直线。Alt：擦除。',
  },
  icon: 'M5 19m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M19 5m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M5 17C5 9 9 5 17 5',
  shortcut: 'd',
  cursor: 'cross',
  heldByKey: true,
  draws: 'guides',
  begin(first) {
    const points = [pointOf(first)]
    let end = points[0]
    return {
      get preview() {
        return { kind: 'path' as const, points: [...points, end], closed: false }
      },
      move(input) {
        end = pointOf(input)
        if (input.shift) points.length = 1
        else if (gap(end, points[points.length - 1]) * input.scale >= MIN_GAP_PX) points.push(end)
      },
      finish() {
        const last = points[points.length - 1]
        const drawn = gap(end, last) > 0 ? [...points, end] : points
        const { erase, scale } = first
        if (!erase && drawn.length < 2) return null
        return {
          kind: 'stroke',
          mode: erase ? 'erase' : 'paint',
          size: erase ? clamp(Math.round(ERASER_PX / scale), 1, MAX_BRUSH_SIZE) : 1,
          hardness: 100,
          opacity: 100,
          points: drawn,
        }
      },
    }
  },
}

/** Rounded to half a pixel, as it is stored. */
function pointOf({ point }: PointerInput): StrokePoint {
  return { x: Math.round(point.x * 2) / 2, y: Math.round(point.y * 2) / 2, pressure: 255 }
}

function gap(a: ImagePoint, b: ImagePoint): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))
}
