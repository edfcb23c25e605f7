import { clamp, type Rect } from '../../geometry'
import type { Tile } from '../tiles'

export type PaintMode = 'paint' | 'erase'

/** A disc swept from `a` to `b` while its radius goes from ra to rb; image px. */
export interface Capsule {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
  readonly ra: number
  readonly rb: number
}

/** How a capsule is painted. */
export interface CapsuleStyle {
  /** 0..1. */
  readonly hardness: number
  /** Of full coverage, 0..255. */
  readonly value: number
  readonly mode: PaintMode
  /** No pixel of the edge is smoothed. */
  readonly crisp: boolean
}

/** Paints a capsule row by row: the core with full coverage, the rim around it by distance. */
export class CapsulePainter {
  readonly mode: PaintMode
  readonly value: number
  private readonly capsule: Capsule
  private readonly hardness: number
  private readonly crisp: boolean
  private readonly dx: number
  private readonly dy: number
  private readonly lengthSquared: number
  private readonly tapered: boolean
  private readonly outer: number
  private readonly inner: number
  private y = 0
  private outerStart = 0
  private outerEnd = 0
  private innerStart = 0
  private innerEnd = 0

  constructor(capsule: Capsule, { hardness, value, mode, crisp }: CapsuleStyle) {
    this.capsule = capsule
    this.hardness = hardness
    this.crisp = crisp
    this.value = value
    this.mode = mode
    this.dx = capsule.bx - capsule.ax
    this.dy = capsule.by - capsule.ay
    this.lengthSquared = this.dx * this.dx + this.dy * this.dy
    this.tapered = capsule.ra !== capsule.rb
    this.outer = this.outerRadius(Math.max(capsule.ra, capsule.rb))
    this.inner = this.innerRadius(Math.min(capsule.ra, capsule.rb))
  }

  /** True where the rectangle lies in the fully covered part; that is convex, so testing its corners is enough. */
  coversFully(rect: Rect): boolean {
    if (this.inner <= 0) return false
    const limit = this.inner * this.inner
    for (const x of [rect.x + 0.5, rect.x + rect.width - 0.5]) {
      for (const y of [rect.y + 0.5, rect.y + rect.height - 0.5]) {
        if (this.distanceSquared(x, y) > limit) return false
      }
    }
    return true
  }

  /** Prepares row y within x0..x1. @returns false where it has nothing to paint */
  setRow(y: number, x0: number, x1: number): boolean {
    this.y = y + 0.5
    const outer = this.span(this.outer)
    if (!outer) return false
    this.outerStart = Math.max(x0, Math.floor(outer.low - 0.5) - 1)
    this.outerEnd = Math.min(x1, Math.ceil(outer.high - 0.5) + 2)
    if (this.outerStart >= this.outerEnd) return false
    const inner = this.inner > 1.5 ? this.span(this.inner - 0.5) : null
    this.innerStart = inner
      ? clamp(Math.ceil(inner.low - 0.5) + 1, this.outerStart, this.outerEnd)
      : this.outerEnd
    this.innerEnd = inner
      ? clamp(Math.floor(inner.high - 0.5), this.innerStart, this.outerEnd)
      : this.outerEnd
    return true
  }

  /** Paints the row that `setRow` prepared. @param base added to x, gives the pixel's index in the tile */
  paintRow(tile: Tile, base: number): void {
    this.paintRim(tile, base, this.outerStart, this.innerStart)
    this.paintCore(tile, base + this.innerStart, base + this.innerEnd)
    this.paintRim(tile, base, this.innerEnd, this.outerEnd)
  }

  private paintCore(tile: Tile, start: number, end: number): void {
    if (this.value === 255) tile.fill(this.mode === 'paint' ? 255 : 0, start, end)
    else if (this.mode === 'paint') {
      for (let i = start; i < end; i++) if (tile[i] < this.value) tile[i] = this.value
    } else {
      const max = 255 - this.value
      for (let i = start; i < end; i++) if (tile[i] > max) tile[i] = max
    }
  }

  private paintRim(tile: Tile, base: number, start: number, end: number): void {
    const { ra, rb } = this.capsule
    let outer = this.outerRadius(ra)
    let inner = this.innerRadius(ra)
    let low = inner * inner
    let scale = 1 / (outer * outer - low)
    for (let x = start; x < end; x++) {
      const px = x + 0.5
      const d = this.distanceSquared(px, this.y)
      if (this.tapered) {
        const r = ra + (rb - ra) * this.along(px, this.y)
        outer = this.outerRadius(r)
        inner = this.innerRadius(r)
        low = inner * inner
        scale = 1 / (outer * outer - low)
      }
      // Without a rim the scale is infinite: only the comparison counts.
      const t = d <= low ? 0 : (d - low) * scale
      if (t >= 1) continue
      const coverage = t <= 0 ? this.value : Math.round(this.value * (1 - t * t * (3 - 2 * t)))
      const i = base + x
      if (this.mode === 'paint') {
        if (tile[i] < coverage) tile[i] = coverage
      } else if (tile[i] > 255 - coverage) tile[i] = 255 - coverage
    }
  }

  /** The position along the segment of the point on it that is nearest to (x, y), 0..1. */
  private along(x: number, y: number): number {
    if (this.lengthSquared === 0) return 0
    const u = ((x - this.capsule.ax) * this.dx + (y - this.capsule.ay) * this.dy) / this.lengthSquared
    return u < 0 ? 0 : u > 1 ? 1 : u
  }

  private distanceSquared(x: number, y: number): number {
    const u = this.along(x, y)
    const ex = x - (this.capsule.ax + u * this.dx)
    const ey = y - (this.capsule.ay + u * this.dy)
    return ex * ex + ey * ey
  }

  /** The interval of x in which the row meets the capsule with this radius; it is convex, so there is only one. */
  private span(radius: number): { low: number; high: number } | null {
    const { ax, ay, bx, by } = this.capsule
    let low = Infinity
    let high = -Infinity
    const add = (x: number) => {
      if (x < low) low = x
      if (x > high) high = x
    }
    for (const [cx, cy] of [
      [ax, ay],
      [bx, by],
    ] as const) {
      const rest = radius * radius - (this.y - cy) * (this.y - cy)
      if (rest < 0) continue
      const half = Math.sqrt(rest)
      add(cx - half)
      add(cx + half)
    }
    if (this.dy !== 0) {
      const length = Math.sqrt(this.lengthSquared)
      for (const side of [radius, -radius]) {
        const sx = ax - (this.dy / length) * side
        const sy = ay + (this.dx / length) * side
        const u = (this.y - sy) / this.dy
        if (u >= 0 && u <= 1) add(sx + u * this.dx)
      }
    }
    return low <= high ? { low, high } : null
  }

  private outerRadius(radius: number): number {
    return this.crisp ? radius : radius + 0.5
  }

  /** Where full coverage ends: at least half a pixel inside a smoothed edge, so that a hard one is smoothed over one. */
  private innerRadius(radius: number): number {
    const inner = radius * this.hardness
    return this.crisp ? inner : Math.max(0, Math.min(inner, radius - 0.5))
  }
}
