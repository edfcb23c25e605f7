import { clamp, EMPTY_RECT, intersectRect, unionRect, type Rect } from '../../geometry'
import type { MaskEdit } from '../maskEdit'
import { forEachTile, tileRect } from '../mask'
import { FULL_TILE, TILE_SIZE, type Tile } from '../tiles'
import { CapsulePainter, type PaintMode } from './capsulePainter'

/** A position of the pointer, image px in steps of a half. `pressure` scales the brush's radius: 255 is all of it. */
export interface StrokePoint {
  readonly x: number
  readonly y: number
  readonly pressure: number
}

export interface StrokeStyle {
  readonly mode: PaintMode
  /** Image px, at full pressure. */
  readonly radius: number
  /** 0 fades from the centre, 1 is hard with an edge smoothed over one pixel. */
  readonly hardness: number
  /** Without anti-aliasing: a hard edge has no pixel in between. */
  readonly crisp: boolean
  /** 0..1: the coverage at the stroke's centre. */
  readonly opacity: number
}

/**
 * Draws a stroke's next step: a dab at its first point, from then on the segment to point `index`. Painting takes
 * max(old, new), erasing min(old, 255 - new): overlap within a stroke changes nothing, and the bytes do not depend on
 * how often the pointer was sampled. Coverage is a polynomial in the squared distance, and square roots only bound the
 * spans that are visited, so that every browser makes the same bytes.
 * @param points the steps before `index` must be drawn
 * @returns the changed rectangle, image px
 */
export function rasterizeStep(
  edit: MaskEdit,
  style: StrokeStyle,
  points: readonly StrokePoint[],
  index: number,
): Rect {
  const to = points[index]
  const from = points[index - 1] ?? to
  const { pressure } = points[index - 2] ?? from
  // The step before has covered the disc around `from`, unless its width was changing.
  const continues = index > 0 && pressure === from.pressure && from.pressure === to.pressure
  return rasterizeSegment(edit, style, from, to, continues)
}

/**
 * Draws the disc of the brush swept from `from` to `to`; the same point twice is a dab.
 * @param continues true leaves out what lies behind `from`
 * @returns the changed rectangle, image px
 */
export function rasterizeSegment(
  edit: MaskEdit,
  style: StrokeStyle,
  from: StrokePoint,
  to: StrokePoint,
  continues: boolean,
): Rect {
  const capsule = {
    ax: from.x,
    ay: from.y,
    bx: to.x,
    by: to.y,
    ra: radiusAt(style, from),
    rb: radiusAt(style, to),
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
  const hardness = clamp(style.hardness, 0, 1)
  const { mode, crisp } = style
  const painter = new CapsulePainter(capsule, { hardness, value, mode, crisp, continues })
  let dirty = EMPTY_RECT
  forEachTile(mask, area, (index, part) => {
    dirty = unionRect(dirty, paintTile(edit, index, part, painter))
  })
  return dirty
}

/** A crisp brush under low pressure still reaches the pixels around its centre. */
const MIN_CRISP_RADIUS = 0.7072

function radiusAt({ radius, crisp }: StrokeStyle, { pressure }: StrokePoint): number {
  const pressed = (radius * pressure) / 255
  return crisp ? Math.max(pressed, Math.min(radius, MIN_CRISP_RADIUS)) : pressed
}

/** @returns the changed rectangle, image px */
function paintTile(edit: MaskEdit, index: number, part: Rect, painter: CapsulePainter): Rect {
  const at = tileRect(edit.mask, index)
  const current = edit.mask.tiles[index] ?? null
  const goal = painter.mode === 'paint' ? FULL_TILE : null
  if (current === goal) return EMPTY_RECT
  if (painter.value === 255 && painter.coversFully(at)) {
    edit.replace(index, goal)
    return part
  }
  let tile: Tile | null = null
  let left = part.x + part.width
  let right = part.x
  let first = -1
  let last = -1
  for (let y = part.y; y < part.y + part.height; y++) {
    if (!painter.setRow(y, part.x, part.x + part.width)) continue
    tile ??= edit.writable(index)
    painter.paintRow(tile, ((y - at.y) << 8) - at.x)
    if (first < 0) first = y
    last = y
    left = Math.min(left, painter.start)
    right = Math.max(right, painter.end)
  }
  if (!tile) return EMPTY_RECT
  const painted = { x: left, y: first, width: right - left, height: last - first + 1 }
  edit.touched(index, painted)
  return painted
}
