import type { ImagePoint } from '../../geometry'
import type { GuideLine } from '../guideLine'
import { type Mask, maskAt } from '../mask'
import { effectiveCommands, type MaskCommand } from './maskCommand'

/** The guide lines that strokes have drawn: an erasing one takes away those that it touches. */
export function guideLinesOf(commands: readonly MaskCommand[]): GuideLine[] {
  let lines: GuideLine[] = []
  for (const command of effectiveCommands(commands)) {
    if (command.kind !== 'stroke') continue
    const points = command.points.map(({ x, y }) => ({ x, y }))
    if (command.mode === 'paint') lines.push({ points })
    else lines = lines.filter((line) => !isTouching(line.points, points, command.size / 2))
  }
  return lines
}

/** Guide lines as a part of the picture sees them. @param corner of the part, px of the picture */
export function guidesFrom(lines: readonly GuideLine[], corner: ImagePoint): GuideLine[] {
  return lines.map(({ points }) => ({
    points: points.map(({ x, y }) => ({ x: x - corner.x, y: y - corner.y })),
  }))
}

/** True where a guide line has something to continue: some of it is masked. */
export function isOverMask({ points }: GuideLine, mask: Mask): boolean {
  return points.some((to, k) => {
    const from = points[Math.max(0, k - 1)]
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))))
    for (let step = 0; step <= steps; step++) {
      const x = from.x + ((to.x - from.x) * step) / steps
      const y = from.y + ((to.y - from.y) * step) / steps
      if (maskAt(mask, Math.floor(x), Math.floor(y)) > 0) return true
    }
    return false
  })
}

/** True where two lines come as near to each other as `reach`, px. */
function isTouching(a: readonly ImagePoint[], b: readonly ImagePoint[], reach: number): boolean {
  return a.some((to, k) => {
    const from = a[Math.max(0, k - 1)]
    return b.some((end, n) => isNear(from, to, b[Math.max(0, n - 1)], end, reach))
  })
}

/** Whether two straight lines cross, or an end of one is near the other. */
function isNear(a: ImagePoint, b: ImagePoint, c: ImagePoint, d: ImagePoint, reach: number): boolean {
  const crosses = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
  const off = Math.min(distance(a, c, d), distance(b, c, d), distance(c, a, b), distance(d, a, b))
  return crosses || off <= reach
}

function side(from: ImagePoint, to: ImagePoint, at: ImagePoint): number {
  return (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x)
}

/** How far a point is from a straight line between two others, px. */
function distance(at: ImagePoint, from: ImagePoint, to: ImagePoint): number {
  const [x, y] = [to.x - from.x, to.y - from.y]
  const length = x * x + y * y
  const along = length > 0 ? ((at.x - from.x) * x + (at.y - from.y) * y) / length : 0
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(at.x - from.x - t * x, at.y - from.y - t * y)
}
