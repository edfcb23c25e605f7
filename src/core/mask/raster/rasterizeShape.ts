import { EMPTY_RECT, type ImagePoint, intersectRect, type Rect, unionRect } from '../../geometry'
import { forEachTile, tileRect } from '../mask'
import type { MaskEdit } from '../maskEdit'
import type { PaintMode } from './capsulePainter'
import { TILE_SIZE } from '../tiles'

/**
 * Fills a polygon. Each pixel gets the exact part of its area that lies inside (to rounding), from signed areas of
 * the edges; areas where the outline overlaps itself are filled once.
 * @param points image px; the last joins the first; fewer than three fill nothing
 * @returns the changed rectangle, image px
 * @see Raph Levien, "Inside the fastest font renderer in the world", 2016: signed area accumulation
 */
export function rasterizePolygon(edit: MaskEdit, mode: PaintMode, points: readonly ImagePoint[]): Rect {
  if (points.length < 3) return EMPTY_RECT
  const area = intersectRect(boundsOf(points), gridOf(edit))
  if (area.width === 0) return EMPTY_RECT
  return fillRows(edit, mode, area, (y, height, out) => {
    out.fill(0)
    for (let i = 0; i < points.length; i++) {
      addEdge(out, { ...area, y, height }, points[i], points[(i + 1) % points.length])
    }
    const stride = area.width + 1
    for (let row = 0; row < height; row++) {
      let sum = 0
      for (let x = 0; x < area.width; x++) {
        sum += out[row * stride + x]
        const inside = sum < 0 ? -sum : sum
        out[row * stride + x] = inside > 1 ? 1 : inside
      }
    }
  })
}

/** Fills a rectangle; edges between pixels are smoothed. @returns the changed rectangle, image px */
export function rasterizeRectangle(edit: MaskEdit, mode: PaintMode, rect: Rect): Rect {
  const { x, y, width, height } = rect
  return rasterizePolygon(edit, mode, [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ])
}

/** A pixel on the edge of an ellipse is tested at this many points in each direction. */
const SAMPLES = 8

/** Fills the ellipse inscribed in `rect`, its edge smoothed over one pixel. @returns the changed rectangle, image px */
export function rasterizeEllipse(edit: MaskEdit, mode: PaintMode, rect: Rect): Rect {
  if (rect.width <= 0 || rect.height <= 0) return EMPTY_RECT
  const corners = [
    { x: rect.x, y: rect.y },
    { x: rect.x + rect.width, y: rect.y + rect.height },
  ]
  const area = intersectRect(boundsOf(corners), gridOf(edit))
  if (area.width === 0) return EMPTY_RECT
  const a = rect.width / 2
  const b = rect.height / 2
  const cx = rect.x + a
  const cy = rect.y + b
  const limit = a * a * b * b
  const inside = (x: number, y: number) => {
    const dx = (x - cx) * b
    const dy = (y - cy) * a
    return dx * dx + dy * dy <= limit
  }
  return fillRows(edit, mode, area, (top, height, out) => {
    const stride = area.width + 1
    for (let row = 0; row < height; row++) {
      const y = top + row
      for (let column = 0; column < area.width; column++) {
        const x = area.x + column
        // An ellipse is convex: a pixel whose four corners are inside is inside, and one whose corners are all
        // outside is outside, unless an end of an axis lies in it.
        const nw = inside(x, y)
        const ne = inside(x + 1, y)
        const sw = inside(x, y + 1)
        const se = inside(x + 1, y + 1)
        let coverage = 0
        if (nw && ne && sw && se) coverage = 1
        else if (nw || ne || sw || se || nearEdge(x, y)) coverage = sampled(x, y)
        out[row * stride + column] = coverage
      }
    }
  })

  /** True in the row or column of the centre, where an end of an axis may lie in a pixel with no corner inside. */
  function nearEdge(x: number, y: number): boolean {
    return (x <= cx && cx <= x + 1) || (y <= cy && cy <= y + 1)
  }

  function sampled(x: number, y: number): number {
    let hits = 0
    for (let j = 0; j < SAMPLES; j++) {
      for (let i = 0; i < SAMPLES; i++) {
        if (inside(x + (i + 0.5) / SAMPLES, y + (j + 0.5) / SAMPLES)) hits++
      }
    }
    return hits / (SAMPLES * SAMPLES)
  }
}

/** The area of all tiles, image px: the frame, and the parts of tiles that reach over it. */
function gridOf({ mask }: MaskEdit): Rect {
  return { x: mask.frame.x, y: mask.frame.y, width: mask.columns * TILE_SIZE, height: mask.rows * TILE_SIZE }
}

function boundsOf(points: readonly ImagePoint[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, Math.floor(x))
    top = Math.min(top, Math.floor(y))
    right = Math.max(right, Math.ceil(x))
    bottom = Math.max(bottom, Math.ceil(y))
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/**
 * Writes a shape tile row by tile row, so that the buffer stays small.
 * @param cover fills rows y..y+height of the area with coverage 0..1, `area.width + 1` values a row
 */
function fillRows(
  edit: MaskEdit,
  mode: PaintMode,
  area: Rect,
  cover: (y: number, height: number, out: Float32Array) => void,
): Rect {
  const { mask } = edit
  const stride = area.width + 1
  const buffer = new Float32Array(stride * TILE_SIZE)
  let dirty = EMPTY_RECT
  const lastRow = (area.y + area.height - 1 - mask.frame.y) >> 8
  for (let row = (area.y - mask.frame.y) >> 8; row <= lastRow; row++) {
    const strip = intersectRect(area, {
      ...area,
      y: mask.frame.y + row * TILE_SIZE,
      height: TILE_SIZE,
    })
    const values = buffer.subarray(0, stride * strip.height)
    cover(strip.y, strip.height, values)
    forEachTile(mask, strip, (index, part) => {
      if (writeTile(edit, index, part, mode, values, stride, area, strip.y)) dirty = unionRect(dirty, part)
    })
  }
  return dirty
}

function writeTile(
  edit: MaskEdit,
  index: number,
  part: Rect,
  mode: PaintMode,
  values: Float32Array,
  stride: number,
  area: Rect,
  top: number,
): boolean {
  const at = tileRect(edit.mask, index)
  let changed = false
  let tile: Uint8Array | null = null
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - top) * stride - area.x
    const to = ((y - at.y) << 8) - at.x
    for (let x = part.x; x < part.x + part.width; x++) {
      const coverage = Math.floor(values[from + x] * 255 + 0.5)
      if (coverage === 0) continue
      tile ??= edit.writable(index)
      changed = true
      const i = to + x
      if (mode === 'paint') {
        if (tile[i] < coverage) tile[i] = coverage
      } else if (tile[i] > 255 - coverage) tile[i] = 255 - coverage
    }
  }
  if (changed) edit.touched(index, part)
  return changed
}

/** Adds one edge's signed area to the accumulation buffer of a strip: each row's running sum is its coverage. */
function addEdge(out: Float32Array, strip: Rect, from: ImagePoint, to: ImagePoint): void {
  if (from.y === to.y) return
  const direction = from.y < to.y ? 1 : -1
  const [upper, lower] = direction > 0 ? [from, to] : [to, from]
  const slope = (lower.x - upper.x) / (lower.y - upper.y)
  const stride = strip.width + 1
  const first = Math.max(strip.y, Math.floor(upper.y))
  const last = Math.min(strip.y + strip.height, Math.ceil(lower.y))
  for (let row = first; row < last; row++) {
    const y0 = Math.max(row, upper.y)
    const y1 = Math.min(row + 1, lower.y)
    const dy = y1 - y0
    if (dy <= 0) continue
    const xa = upper.x + (y0 - upper.y) * slope - strip.x
    const xb = upper.x + (y1 - upper.y) * slope - strip.x
    addSpan(out, (row - strip.y) * stride, strip.width, Math.min(xa, xb), Math.max(xa, xb), direction * dy)
  }
}

/** Adds an edge that crosses a row from x0 to x1. @param height of its part in the row, signed, at most 1 */
function addSpan(
  out: Float32Array,
  base: number,
  width: number,
  x0: number,
  x1: number,
  height: number,
): void {
  if (x1 <= 0) {
    out[base] += height
    return
  }
  if (x0 >= width) return
  const left = Math.max(0, Math.floor(x0))
  const right = Math.min(width - 1, Math.ceil(x1) - 1)
  if (x1 - x0 < 1e-9) {
    const part = Math.min(1, left + 1 - x0)
    out[base + left] += height * part
    out[base + left + 1] += height * (1 - part)
    return
  }
  let before = 0
  for (let x = left; x <= right; x++) {
    // Running total of the area right of the edge in pixels 0..x, averaged over the edge's height.
    const total = coveredRight(x0, x1, x + 1)
    out[base + x] += height * (total - before)
    before = total
  }
  out[base + right + 1] += height * (1 - before)
}

/** For an edge from x0 to x1 (x0 < x1): how much of pixel [x - 1, x] lies to its right, averaged over its height. */
function coveredRight(x0: number, x1: number, x: number): number {
  const integral = (at: number) => {
    if (at <= x0) return 0
    if (at >= x1) return (x1 - x0) / 2 + (at - x1)
    return ((at - x0) * (at - x0)) / (2 * (x1 - x0))
  }
  return integral(x) - integral(x - 1)
}
