import { clamp, EMPTY_RECT, intersectRect, unionRect, type Rect } from '../../geometry'
import type { MaskEdit } from '../mask'
import { tileRect } from '../mask'
import { FULL_TILE, TILE_SIZE, type Tile } from '../tiles'

/** A sampled pointer position, image px rounded to half a pixel, with the brush radius there as a part 1..255 of 255. */
export interface StrokePoint {
  readonly x: number
  readonly y: number
  readonly pressure: number
}

export type PaintMode = 'paint' | 'erase'

export interface StrokeStyle {
  readonly mode: PaintMode
  /** Image px, at full pressure. */
  readonly radius: number
  /** 0 fades from the centre, 1 is hard with an edge smoothed over one pixel. */
  readonly hardness: number
  /** 0..1: the most coverage the stroke gives. */
  readonly opacity: number
}

/** A disc swept from `a` to `b` while its radius goes from ra to rb; image px. */
interface Capsule {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
  readonly ra: number
  readonly rb: number
}

/**
 * Draws one segment of a stroke: the disc of the brush swept from `from` to `to` (the same point twice is a dab).
 * Painting takes max(old, new), erasing min(old, 255 - new): overlap within a stroke changes nothing, and the bytes
 * do not depend on how often the pointer was sampled. Coverage is a polynomial in the squared distance; square roots
 * only bound the spans that are looked at, so that every browser makes the same bytes.
 * @returns the changed rectangle, image px
 */
export function rasterizeSegment(
  edit: MaskEdit,
  style: StrokeStyle,
  from: StrokePoint,
  to: StrokePoint,
): Rect {
  const capsule = {
    ax: from.x,
    ay: from.y,
    bx: to.x,
    by: to.y,
    ra: (style.radius * from.pressure) / 255,
    rb: (style.radius * to.pressure) / 255,
  }
  const reach = Math.ceil(Math.max(capsule.ra, capsule.rb) + 1)
  const left = Math.floor(Math.min(from.x, to.x)) - reach
  const top = Math.floor(Math.min(from.y, to.y)) - reach
  const bounds: Rect = {
    x: left,
    y: top,
    width: Math.ceil(Math.max(from.x, to.x)) + reach - left,
    height: Math.ceil(Math.max(from.y, to.y)) + reach - top,
  }
  const { mask } = edit
  const grid = { ...mask.frame, width: mask.columns * TILE_SIZE, height: mask.rows * TILE_SIZE }
  const area = intersectRect(bounds, grid)
  if (area.width === 0) return EMPTY_RECT
  const value = Math.round(clamp(style.opacity, 0, 1) * 255)
  const painter = new RowPainter(capsule, clamp(style.hardness, 0, 1), value, style.mode)
  const firstColumn = (area.x - mask.frame.x) >> 8
  const lastColumn = (area.x + area.width - 1 - mask.frame.x) >> 8
  const lastRow = (area.y + area.height - 1 - mask.frame.y) >> 8
  let dirty = EMPTY_RECT
  for (let row = (area.y - mask.frame.y) >> 8; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * mask.columns + column
      const part = intersectRect(tileRect(mask, index), area)
      if (paintTile(edit, index, part, painter)) dirty = unionRect(dirty, part)
    }
  }
  return dirty
}

function paintTile(edit: MaskEdit, index: number, part: Rect, painter: RowPainter): boolean {
  const at = tileRect(edit.mask, index)
  const current = edit.mask.tiles[index] ?? null
  const goal = painter.mode === 'paint' ? FULL_TILE : null
  if (current === goal) return false
  if (painter.value === 255 && painter.coversFully(at)) {
    edit.replace(index, goal)
    return true
  }
  let tile: Tile | null = null
  let first = -1
  let last = -1
  for (let y = part.y; y < part.y + part.height; y++) {
    if (!painter.setRow(y, part.x, part.x + part.width)) continue
    tile ??= edit.writable(index)
    painter.paintRow(tile, ((y - at.y) << 8) - at.x)
    if (first < 0) first = y
    last = y
  }
  if (!tile) return false
  edit.touched(index, { x: part.x, y: first, width: part.width, height: last - first + 1 })
  return true
}

/** One row of a capsule: which pixels it may touch, which it covers fully, and the rest by distance. */
class RowPainter {
  readonly mode: PaintMode
  readonly value: number
  private readonly capsule: Capsule
  private readonly hardness: number
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

  constructor(capsule: Capsule, hardness: number, value: number, mode: PaintMode) {
    this.capsule = capsule
    this.hardness = hardness
    this.value = value
    this.mode = mode
    this.dx = capsule.bx - capsule.ax
    this.dy = capsule.by - capsule.ay
    this.lengthSquared = this.dx * this.dx + this.dy * this.dy
    this.tapered = capsule.ra !== capsule.rb
    this.outer = outerRadius(Math.max(capsule.ra, capsule.rb))
    this.inner = innerRadius(Math.min(capsule.ra, capsule.rb), hardness)
  }

  /** True where the whole rectangle lies in the part that gets full coverage (a convex shape: its corners tell). */
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

  /** @param base add x to get the pixel's place in the tile */
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
      const most = 255 - this.value
      for (let i = start; i < end; i++) if (tile[i] > most) tile[i] = most
    }
  }

  private paintRim(tile: Tile, base: number, start: number, end: number): void {
    const { ra, rb } = this.capsule
    let outer = outerRadius(ra)
    let inner = innerRadius(ra, this.hardness)
    let low = inner * inner
    let scale = 1 / (outer * outer - low)
    for (let x = start; x < end; x++) {
      const px = x + 0.5
      const d = this.distanceSquared(px, this.y)
      if (this.tapered) {
        const r = ra + (rb - ra) * this.along(px, this.y)
        outer = outerRadius(r)
        inner = innerRadius(r, this.hardness)
        low = inner * inner
        scale = 1 / (outer * outer - low)
      }
      const t = (d - low) * scale
      if (t >= 1) continue
      const coverage = t <= 0 ? this.value : Math.round(this.value * (1 - t * t * (3 - 2 * t)))
      const i = base + x
      if (this.mode === 'paint') {
        if (tile[i] < coverage) tile[i] = coverage
      } else if (tile[i] > 255 - coverage) tile[i] = 255 - coverage
    }
  }

  /** Where the point's foot lies on the segment, 0..1. */
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

  /** The row's part of the capsule with this radius: a convex shape, so one interval of x. */
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
}

function outerRadius(radius: number): number {
  return radius + 0.5
}

/** Where full coverage ends: half a pixel inside the edge at most, so that a hard edge is smoothed over one pixel. */
function innerRadius(radius: number, hardness: number): number {
  return Math.max(0, Math.min(radius * hardness, radius - 0.5))
}
