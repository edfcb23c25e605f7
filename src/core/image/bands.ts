import type { Rect } from '../geometry'

/** Pixels that are copied in one task of the page: a few ms. */
const BAND_PIXELS = 1_000_000

/** Cuts a rectangle into bands of whole rows, from top to bottom, that a task of the page copies in a few ms. */
export function bandsOf({ x, y, width, height }: Rect): Rect[] {
  const rows = Math.max(1, Math.floor(BAND_PIXELS / Math.max(1, width)))
  return Array.from({ length: Math.ceil(height / rows) }, (_, k) => {
    const top = k * rows
    return { x, y: y + top, width, height: Math.min(rows, height - top) }
  })
}
