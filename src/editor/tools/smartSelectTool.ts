import type { ImagePoint } from '../../core/geometry'
import { areaMode, type Tool } from '../tool'

/** A pointer that moves less than this is a click, CSS px. */
const CLICK_PX = 6

/** Selects an object by a rough loop around it, or by a click on it. */
export const smartSelectTool: Tool = {
  id: 'smart',
  name: { en: 'Smart select', zh: '智能选择' },
  help: {
    en: 'Click an object, or draw a loop around it. Alt subtracts.',
    zh: '单击物体，或围绕它画一圈。Alt 为减去。',
  },
  icon: 'M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2M12 8l1.200 2.800L16 12l-2.800 1.200L12 16l-1.200-2.800L8 12l2.800-1.200z',
  shortcut: 'q',
  cursor: 'cross',
  usesPicture: 'object',
  begin(input, host) {
    const points: ImagePoint[] = [input.point]
    let reach = 0
    return {
      get preview() {
        return { kind: 'path' as const, points, closed: false }
      },
      move({ point, screen }) {
        points.push(point)
        reach = Math.max(reach, Math.abs(screen.x - input.screen.x), Math.abs(screen.y - input.screen.y))
      },
      finish: () =>
        host.select(
          'object',
          reach < CLICK_PX || points.length < 3 ? [input.point] : points,
          areaMode(input),
        ),
    }
  },
}
