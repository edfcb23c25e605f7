import { EMPTY_RECT, type Rect, unionRect } from '../geometry'
import type { RgbaImage } from '../image/raster'
import { coverageMask } from './coverage'
import type { Patch } from './document'

/** A part of the picture, as it is shown and as it was opened. */
export interface OutsideJob {
  readonly patches: readonly Patch[]
  /** Image px, inside the base. */
  readonly rect: Rect
  /** Both of the rectangle's size. */
  readonly picture: RgbaImage
  readonly base: RgbaImage
}

/** Where the picture differs from the base although no kept result counts there. */
export interface OutsideChange {
  /** Pixels, hidden colours and alpha included. */
  readonly count: number
  /** Holds all of them, image px; empty for none. */
  readonly rect: Rect
}

/** Compares real pixels outside the coverages of all visible patches, as far as these are grown and feathered. */
export function changedOutside({ patches, rect, picture, base }: OutsideJob): OutsideChange {
  const covered = new Uint8Array(rect.width * rect.height)
  for (const patch of patches) {
    if (!patch.visible) continue
    const { data } = coverageMask(patch, rect)
    for (let p = 0; p < covered.length; p++) covered[p] |= data[p]
  }
  const [now, was] = [picture, base].map(({ data }) => new Uint32Array(data.buffer, data.byteOffset))
  let count = 0
  let bounds = EMPTY_RECT
  for (let p = 0; p < covered.length; p++) {
    if (covered[p] > 0 || now[p] === was[p]) continue
    count++
    const at = { x: rect.x + (p % rect.width), y: rect.y + Math.floor(p / rect.width), width: 1, height: 1 }
    bounds = unionRect(bounds, at)
  }
  return { count, rect: bounds }
}
