import type { Level } from '../level'
import { square } from './leastSquares'
import type { Point } from './path'

/** How colours change around a pixel: the structure tensor, summed over the channels, in squared levels a pixel. */
export interface Tensor {
  xx: number
  xy: number
  yy: number
}

/** Adds the tensor of one pixel by a 3 x 3 Sobel filter. @returns false where a pixel of these is not known */
export function addTensor(
  { width, height, known, color }: Level,
  p: number,
  weight: number,
  to: Tensor,
): boolean {
  const x = p % width
  const y = (p / width) | 0
  if (x === 0 || y === 0 || x + 1 === width || y + 1 === height) return false
  for (let row = p - width - 1; row <= p + width - 1; row += width)
    if (!known[row] || !known[row + 1] || !known[row + 2]) return false
  const a = color[p - width - 1]
  const b = color[p - width]
  const c = color[p - width + 1]
  const d = color[p - 1]
  const f = color[p + 1]
  const g = color[p + width - 1]
  const h = color[p + width]
  const i = color[p + width + 1]
  // In whole eighths of a level.
  let [xx, xy, yy] = [0, 0, 0]
  for (let shift = 0; shift < 24; shift += 8) {
    const falling = ((i >>> shift) & 255) - ((a >>> shift) & 255)
    const rising = ((c >>> shift) & 255) - ((g >>> shift) & 255)
    const gx = falling + rising + 2 * (((f >>> shift) & 255) - ((d >>> shift) & 255))
    const gy = falling - rising + 2 * (((h >>> shift) & 255) - ((b >>> shift) & 255))
    xx += gx * gx
    xy += gx * gy
    yy += gy * gy
  }
  const share = weight / 64
  to.xx += share * xx
  to.xy += share * xy
  to.yy += share * yy
  return true
}

/** How much colours change across a line through (x, y), levels a pixel; -1 where that is not known. */
export function changeAlong(level: Level, x: number, y: number, normal: Point): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left + 1 >= level.width || top + 1 >= level.height) return -1
  const [u, v] = [x - left, y - top]
  const p = top * level.width + left
  const sum: Tensor = { xx: 0, xy: 0, yy: 0 }
  const isKnown =
    addTensor(level, p, (1 - u) * (1 - v), sum) &&
    (u === 0 || addTensor(level, p + 1, u * (1 - v), sum)) &&
    (v === 0 || addTensor(level, p + level.width, (1 - u) * v, sum)) &&
    (u === 0 || v === 0 || addTensor(level, p + level.width + 1, u * v, sum))
  if (!isKnown) return -1
  return Math.sqrt(
    Math.max(0, sum.xx * square(normal.x) + 2 * sum.xy * normal.x * normal.y + sum.yy * square(normal.y)),
  )
}

/** An edge through a pixel. */
export interface Edge {
  /** Along the edge, of length 1. */
  readonly along: Point
  /** Change across it, levels a pixel. */
  readonly strength: number
  /** 0 where changes have no direction, 1 where all have the same. */
  readonly coherence: number
}

/** The edge around a pixel, from the known pixels within `reach`. */
export function edgeAt(level: Level, p: number, reach: number): Edge | null {
  const { width, height } = level
  const x = p % width
  const y = (p / width) | 0
  const sum: Tensor = { xx: 0, xy: 0, yy: 0 }
  let count = 0
  for (let j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++)
    for (let i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++)
      if (addTensor(level, j * width + i, 1, sum)) count++
  if (count === 0) return null
  const half = (sum.xx + sum.yy) / 2
  const apart = Math.sqrt(square((sum.xx - sum.yy) / 2) + square(sum.xy))
  if (half === 0) return null
  // The eigenvector of the larger eigenvalue points across; either row of the matrix gives it.
  let nx = half + apart - sum.yy
  let ny = sum.xy
  if (Math.abs(nx) + Math.abs(ny) < 1e-9 * half) {
    nx = sum.xy
    ny = half + apart - sum.xx
  }
  const length = Math.sqrt(nx * nx + ny * ny)
  if (length === 0) return null
  return {
    along: { x: -ny / length, y: nx / length },
    strength: Math.sqrt((half + apart) / count),
    coherence: apart / half,
  }
}
