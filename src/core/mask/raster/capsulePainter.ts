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
  /** What lies behind `a` is left out: the capsule before, of the same radius, has painted it. */
  readonly continues: boolean
}

/** Paints a capsule row by row: the core with full coverage, the rim around it by distance. */
export class CapsulePainter {
  readonly mode: PaintMode
  readonly value: number
  private readonly capsule: Capsule
  private readonly hardness: number
  private readonly crisp: boolean
  private readonly continues: boolean
  private readonly dx: number
  private readonly dy: number
  private readonly lengthSquared: number
  private readonly tapered: boolean
  private readonly outer: number
  private readonly inner: number
  private y = 0
  /** The row's pixels that are visited, image px, half-open. */
  start = 0
  end = 0
  private innerStart = 0
  private innerEnd = 0
  /** What `findSpan` found. */
  private low = 0
  private high = 0

  constructor(capsule: Capsule, { hardness, value, mode, crisp, continues }: CapsuleStyle) {
    this.capsule = capsule
    this.hardness = hardness
    this.crisp = crisp
    this.continues = continues
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
    if (!this.findSpan(this.outer)) return false
    this.start = Math.max(x0, Math.floor(this.low - 0.5) - 1)
    this.end = Math.min(x1, Math.ceil(this.high - 0.5) + 2)
    if (this.continues) this.leaveOutBehind()
    if (this.start >= this.end) return false
    const hasCore = this.inner > 1.5 && this.findSpan(this.inner - 0.5)
    this.innerStart = hasCore ? clamp(Math.ceil(this.low - 0.5) + 1, this.start, this.end) : this.end
    this.innerEnd = hasCore ? clamp(Math.floor(this.high - 0.5), this.innerStart, this.end) : this.end
    return true
  }

  /** Paints the row that `setRow` prepared. @param base added to x, gives the pixel's index in the tile */
  paintRow(tile: Tile, base: number): void {
    this.paintRim(tile, base, this.start, this.innerStart)
    this.paintCore(tile, base + this.innerStart, base + this.innerEnd)
    this.paintRim(tile, base, this.innerEnd, this.end)
  }

  /** Narrows the row to what does not lie behind `a`, as the segment runs. */
  private leaveOutBehind(): void {
    const { dx, dy } = this
    const { ax, ay } = this.capsule
    const ahead = (this.y - ay) * dy
    if (dx === 0) {
      if (ahead < 0) this.end = this.start
      return
    }
    const middle = ax - ahead / dx - 0.5
    // A pixel more than rounding could ask for: to paint it again changes nothing.
    if (dx > 0) this.start = Math.max(this.start, Math.floor(middle) - 1)
    else this.end = Math.min(this.end, Math.ceil(middle) + 2)
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
    const { dx, dy, lengthSquared, tapered, value, y } = this
    const { ax, ay, ra, rb } = this.capsule
    const across = (y - ay) * dy
    const paints = this.mode === 'paint'
    let outer = this.outerRadius(ra)
    let inner = this.innerRadius(ra)
    let low = inner * inner
    let scale = 1 / (outer * outer - low)
    for (let x = start; x < end; x++) {
      // `distanceSquared` written out: this is where a large soft brush spends its time.
      const px = x + 0.5
      let u = lengthSquared === 0 ? 0 : ((px - ax) * dx + across) / lengthSquared
      if (u < 0) u = 0
      else if (u > 1) u = 1
      const ex = px - (ax + u * dx)
      const ey = y - (ay + u * dy)
      const d = ex * ex + ey * ey
      if (tapered) {
        const r = ra + (rb - ra) * u
        outer = this.outerRadius(r)
        inner = this.innerRadius(r)
        low = inner * inner
        scale = 1 / (outer * outer - low)
      }
      // Without a rim the scale is infinite: only the comparison counts.
      const t = d <= low ? 0 : (d - low) * scale
      if (t >= 1) continue
      const coverage = t <= 0 ? value : Math.round(value * (1 - t * t * (3 - 2 * t)))
      const i = base + x
      if (paints) {
        if (tile[i] < coverage) tile[i] = coverage
      } else if (tile[i] > 255 - coverage) tile[i] = 255 - coverage
    }
  }

  private distanceSquared(x: number, y: number): number {
    const { ax, ay } = this.capsule
    const along =
      this.lengthSquared === 0 ? 0 : ((x - ax) * this.dx + (y - ay) * this.dy) / this.lengthSquared
    const u = clamp(along, 0, 1)
    const ex = x - (ax + u * this.dx)
    const ey = y - (ay + u * this.dy)
    return ex * ex + ey * ey
  }

  /**
   * Sets `low` and `high` to the interval of x in which the row meets the capsule with this radius; it is convex, so
   * there is only one.
   * @returns false where there is none
   */
  private findSpan(radius: number): boolean {
    const { ax, ay, bx, by } = this.capsule
    this.low = Infinity
    this.high = -Infinity
    this.widenByDisc(ax, this.y - ay, radius)
    this.widenByDisc(bx, this.y - by, radius)
    if (this.dy !== 0) {
      const length = Math.sqrt(this.lengthSquared)
      this.widenBySide(radius, length)
      this.widenBySide(-radius, length)
    }
    return this.low <= this.high
  }

  private widenByDisc(cx: number, dy: number, radius: number): void {
    const rest = radius * radius - dy * dy
    if (rest < 0) return
    const half = Math.sqrt(rest)
    this.low = Math.min(this.low, cx - half)
    this.high = Math.max(this.high, cx + half)
  }

  private widenBySide(side: number, length: number): void {
    const { ax, ay } = this.capsule
    const sx = ax - (this.dy / length) * side
    const sy = ay + (this.dx / length) * side
    const u = (this.y - sy) / this.dy
    if (u < 0 || u > 1) return
    const x = sx + u * this.dx
    this.low = Math.min(this.low, x)
    this.high = Math.max(this.high, x)
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
