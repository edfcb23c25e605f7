import type { GrayImage } from '../../image/raster'
import { createGray } from '../../image/raster'

/** Side of a block, px. */
const BLOCK = 64
/** Marks a block that is neither all 0 nor all 255. */
const MIXED = 1

/**
 * Runs an operation only on blocks near the mask's edges, with the bytes of the operation on the whole image. Beyond a
 * reach of a block nearly all blocks are near an edge: the operation runs on the whole image then.
 * @param reach px; the result at a pixel must depend only on the square of this many px on each side of it, and must
 *   be the pixel itself where that square is all 0 or all 255
 */
export function runOnEdgeBlocks(
  image: GrayImage,
  reach: number,
  operation: (part: GrayImage) => GrayImage,
): GrayImage {
  if (reach > BLOCK) return operation(image)
  const { width, height, data } = image
  const columns = Math.ceil(width / BLOCK)
  const rows = Math.ceil(height / BLOCK)
  const kinds = blockKinds(image, columns, rows)
  const out = { ...image, data: data.slice() }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isNearEdge(kinds, columns, rows, column, row)) continue
      const first = column
      while (column + 1 < columns && isNearEdge(kinds, columns, rows, column + 1, row)) column++
      const left = first * BLOCK
      const right = Math.min(width, (column + 1) * BLOCK)
      const top = row * BLOCK
      const bottom = Math.min(height, top + BLOCK)
      const x0 = Math.max(0, left - reach)
      const y0 = Math.max(0, top - reach)
      const part = createGray(Math.min(width, right + reach) - x0, Math.min(height, bottom + reach) - y0)
      for (let y = 0; y < part.height; y++) {
        const from = (y0 + y) * width + x0
        part.data.set(data.subarray(from, from + part.width), y * part.width)
      }
      const result = operation(part).data
      for (let y = top; y < bottom; y++) {
        const from = (y - y0) * part.width - x0
        out.data.set(result.subarray(from + left, from + right), y * width + left)
      }
    }
  }
  return out
}

/** 0 or 255 for a block of nothing else, MIXED for any other. */
function blockKinds({ width, height, data }: GrayImage, columns: number, rows: number): Uint8Array {
  const kinds = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * BLOCK)
    for (let column = 0; column < columns; column++) {
      const left = column * BLOCK
      const right = Math.min(width, left + BLOCK)
      const value = data[row * BLOCK * width + left]
      let kind = value === 0 || value === 255 ? value : MIXED
      for (let y = row * BLOCK; y < bottom && kind !== MIXED; y++) {
        const line = y * width
        let x = left
        while (x < right && data[line + x] === value) x++
        if (x < right) kind = MIXED
      }
      kinds[row * columns + column] = kind
    }
  }
  return kinds
}

/** True where a block is mixed or differs from one of the eight around it. */
function isNearEdge(kinds: Uint8Array, columns: number, rows: number, column: number, row: number): boolean {
  const kind = kinds[row * columns + column]
  if (kind === MIXED) return true
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      if (kinds[y * columns + x] !== kind) return true
    }
  }
  return false
}
