import type { GrayImage } from '../../image/raster'
import { createGray } from '../../image/raster'
import { blocksNearEdges } from './blockGrid'

/** Side of a block, px. */
const BLOCK = 64
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
  const { columns, rows, marks } = blocksNearEdges(image, BLOCK, reach)
  const out = { ...image, data: data.slice() }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (marks[row * columns + column] === 0) continue
      const first = column
      while (column + 1 < columns && marks[row * columns + column + 1] === 1) column++
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
