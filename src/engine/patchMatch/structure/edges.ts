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
  const [a, b, c] = [color[p - width - 1], color[p - width], color[p - width + 1]]
  const [d, f] = [color[p - 1], color[p + 1]]
  const [g, h, i] = [color[p + width - 1], color[p + width], color[p + width + 1]]
  for (let shift = 0; shift < 24; shift += 8) {
    const of = (value: number) => (value >>> shift) & 255
    const gx = (of(c) + 2 * of(f) + of(i) - of(a) - 2 * of(d) - of(g)) / 8
    const gy = (of(g) + 2 * of(h) + of(i) - of(a) - 2 * of(b) - of(c)) / 8
    to.xx += weight * gx * gx
    to.xy += weight * gx * gy
    to.yy += weight * gy * gy
  }
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
  const add = (q: number, weight: number) => weight === 0 || addTensor(level, q, weight, sum)
  const isKnown =
    add(p, (1 - u) * (1 - v)) &&
    add(p + 1, u * (1 - v)) &&
    add(p + level.width, (1 - u) * v) &&
    add(p + level.width + 1, u * v)
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
