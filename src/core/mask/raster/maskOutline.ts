import { type Mask, maskBounds, readMask } from '../mask'

/** Cells along the longer side of what an outline surrounds, at most: one is a pixel unless the mask is larger. */
const MAX_CELLS = 1024
/** From here on a pixel counts as masked. */
const HALF = 128

/**
 * The edges between what is masked and what is not, to the pixel up to `MAX_CELLS` along a side.
 * @returns for each straight piece `x1, y1, x2, y2`, image px
 */
export function maskOutline(mask: Mask): Int32Array<ArrayBuffer> {
  const bounds = maskBounds(mask)
  const step = Math.max(1, Math.ceil(Math.max(bounds.width, bounds.height) / MAX_CELLS))
  const columns = Math.ceil(bounds.width / step)
  const rows = Math.ceil(bounds.height / step)
  const { data } = readMask(mask, bounds)
  const isIn = (column: number, row: number) => {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return false
    return data[row * step * bounds.width + column * step] >= HALF
  }
  const edges = (x: number, y: number) => ({ x: bounds.x + x * step, y: bounds.y + y * step })
  const lines: number[] = []
  /** @param isEdge of a place along the line */
  const walk = (count: number, isEdge: (place: number) => boolean, at: typeof edges, across: number) => {
    for (let start = 0; start < count; start++) {
      if (!isEdge(start)) continue
      let end = start + 1
      while (end < count && isEdge(end)) end++
      const [from, to] = [at(start, across), at(end, across)]
      lines.push(from.x, from.y, to.x, to.y)
      start = end
    }
  }
  for (let y = 0; y <= rows; y++) walk(columns, (x) => isIn(x, y) !== isIn(x, y - 1), edges, y)
  for (let x = 0; x <= columns; x++)
    walk(
      rows,
      (y) => isIn(x, y) !== isIn(x - 1, y),
      (along, across) => edges(across, along),
      x,
    )
  return Int32Array.from(lines)
}
