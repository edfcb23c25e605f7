import type { Level } from '../level'
import { square } from './leastSquares'
import type { Point } from './path'

/** An edge through a pixel. */
export interface Edge {
  /** Along the edge, of length 1. */
  readonly along: Point
  /** Change across it, levels a pixel. */
  readonly strength: number
  /** 0 where changes have no direction, 1 where all have the same. */
  readonly coherence: number
}

/** An edge that shows between two parts of the hole changes by this much across, levels a pixel. */
export const MIN_CHANGE = 7
/** Tensors that are kept, a power of two: those of some rows around. */
const KEPT = 32_768
const UNKNOWN = -1

/**
 * How the colours of a level change around its pixels: the structure tensor, summed over the channels, in whole squared
 * eighths of a level a pixel. Neighbouring windows and steps ask for the same ones, which are kept for a while.
 */
export class Tensors {
  readonly level: Level
  /** By place: the pixel whose tensor it is, and its xx, xy and yy; xx is UNKNOWN where that is not known. */
  private readonly pixels = new Int32Array(KEPT).fill(-1)
  private readonly values = new Int32Array(KEPT * 3)

  constructor(level: Level) {
    this.level = level
  }

  /** How much colours change across a line through (x, y), levels a pixel; -1 where that is not known. */
  changeAlong(x: number, y: number, normal: Point): number {
    const { width, height } = this.level
    const { values } = this
    const left = Math.floor(x)
    const top = Math.floor(y)
    if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return -1
    const u = x - left
    const v = y - top
    const p = top * width + left
    const a = this.placeOf(p)
    const b = this.placeOf(p + 1)
    const c = this.placeOf(p + width)
    const d = this.placeOf(p + width + 1)
    // What has no share need not be known.
    if (values[a] === UNKNOWN || (u > 0 && values[b] === UNKNOWN)) return -1
    if (v > 0 && (values[c] === UNKNOWN || (u > 0 && values[d] === UNKNOWN))) return -1
    const ofA = ((1 - u) * (1 - v)) / 64
    const ofB = (u * (1 - v)) / 64
    const ofC = ((1 - u) * v) / 64
    const ofD = (u * v) / 64
    const xx = ofA * values[a] + ofB * values[b] + ofC * values[c] + ofD * values[d]
    const xy = ofA * values[a + 1] + ofB * values[b + 1] + ofC * values[c + 1] + ofD * values[d + 1]
    const yy = ofA * values[a + 2] + ofB * values[b + 2] + ofC * values[c + 2] + ofD * values[d + 2]
    return Math.sqrt(
      Math.max(0, xx * square(normal.x) + 2 * xy * normal.x * normal.y + yy * square(normal.y)),
    )
  }

  /** The edge around a pixel, from the known pixels within `reach`. */
  edgeAt(p: number, reach: number): Edge | null {
    const { width, height } = this.level
    const { values } = this
    const x = p % width
    const y = (p / width) | 0
    let [xx, xy, yy] = [0, 0, 0]
    let count = 0
    for (let j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++) {
      for (let i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
        const at = this.placeOf(j * width + i)
        if (values[at] === UNKNOWN) continue
        count++
        xx += values[at]
        xy += values[at + 1]
        yy += values[at + 2]
      }
    }
    return count > 0 ? edgeOf(xx / 64, xy / 64, yy / 64, count) : null
  }

  /** @returns the place of a pixel's tensor in `values` */
  private placeOf(p: number): number {
    const place = p & (KEPT - 1)
    if (this.pixels[place] !== p) {
      this.pixels[place] = p
      this.write(p, place * 3)
    }
    return place * 3
  }

  /** Writes the tensor of one pixel by a 3 x 3 Sobel filter. */
  private write(p: number, at: number): void {
    const { width, height, known, color } = this.level
    const { values } = this
    values[at] = UNKNOWN
    const x = p % width
    const y = (p / width) | 0
    if (x === 0 || y === 0 || x + 1 === width || y + 1 === height) return
    for (let row = p - width - 1; row <= p + width - 1; row += width)
      if (!known[row] || !known[row + 1] || !known[row + 2]) return
    const a = color[p - width - 1]
    const b = color[p - width]
    const c = color[p - width + 1]
    const d = color[p - 1]
    const f = color[p + 1]
    const g = color[p + width - 1]
    const h = color[p + width]
    const i = color[p + width + 1]
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
    values[at] = xx
    values[at + 1] = xy
    values[at + 2] = yy
  }
}

/** @param xx, xy, yy a tensor, summed over `count` pixels, squared levels a pixel */
function edgeOf(xx: number, xy: number, yy: number, count: number): Edge | null {
  const half = (xx + yy) / 2
  const apart = Math.sqrt(square((xx - yy) / 2) + square(xy))
  if (half === 0) return null
  // The eigenvector of the larger eigenvalue points across; either row of the matrix gives it.
  let nx = half + apart - yy
  let ny = xy
  if (Math.abs(nx) + Math.abs(ny) < 1e-9 * half) {
    nx = xy
    ny = half + apart - xx
  }
  const length = Math.sqrt(nx * nx + ny * ny)
  if (length === 0) return null
  return {
    along: { x: -ny / length, y: nx / length },
    strength: Math.sqrt((half + apart) / count),
    coherence: apart / half,
  }
}
