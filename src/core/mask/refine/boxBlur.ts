import type { GrayImage } from '../../image/raster'
import { type BlockGrid, blocksNearEdges } from './blockGrid'

/** Side of a block, px. */
const BLOCK = 32

/**
 * Means over squares of 2 radius + 1 px, one after the other, each of rows and then of columns and rounded; edge pixels
 * repeat. Integers only, so that every browser makes the same bytes. Only blocks near edges are computed: what lies
 * farther from an edge than all radii together keeps its 0 or 255.
 * @param radii whole px, 1..127
 * @param columnsFirst rounds as the image turned by a quarter does
 * @returns a new image
 */
export function boxBlurs(image: GrayImage, radii: readonly number[], columnsFirst = false): GrayImage {
  const { width, height } = image
  const out = { width, height, data: image.data.slice() }
  const between = { width, height, data: image.data.slice() }
  let reach = 0
  for (const radius of radii) {
    reach += radius
    const blocks = blocksNearEdges(image, BLOCK, reach)
    const [first, second] = columnsFirst ? [blurColumns, blurRows] : [blurRows, blurColumns]
    first(out, between.data, radius, blocks)
    second(between, out.data, radius, blocks)
  }
  return out
}

/**
 * The factor by which n / span, rounded down, becomes a multiplication and a shift by 24 bits: exact for n up to
 * 256 span where span <= 255, and the product stays within 32 bits.
 */
function inverseOf(span: number): number {
  return Math.ceil(2 ** 24 / span)
}

function blurRows(
  { width, height, data }: GrayImage,
  out: Uint8Array,
  radius: number,
  { side, columns, rows, marks }: BlockGrid,
): void {
  const inverse = inverseOf(2 * radius + 1)
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * side)
    for (let column = 0; column < columns; column++) {
      if (marks[row * columns + column] === 0) continue
      const from = column * side
      while (column + 1 < columns && marks[row * columns + column + 1] === 1) column++
      const to = Math.min(width, (column + 1) * side)
      for (let y = row * side; y < bottom; y++) {
        const line = y * width
        const last = line + width - 1
        let sum = radius
        for (let x = from - radius; x <= from + radius; x++)
          sum += data[line + Math.min(width - 1, Math.max(0, x))]
        const end = line + to
        const left = Math.min(end, Math.max(line + from, line + radius))
        const right = Math.min(end, Math.max(left, last - radius))
        let i = line + from
        for (; i < left; i++) {
          out[i] = Math.imul(sum, inverse) >>> 24
          sum += data[Math.min(last, i + radius + 1)] - data[line]
        }
        for (; i < right; i++) {
          out[i] = Math.imul(sum, inverse) >>> 24
          sum += data[i + radius + 1] - data[i - radius]
        }
        for (; i < end; i++) {
          out[i] = Math.imul(sum, inverse) >>> 24
          sum += data[last] - data[Math.max(line, i - radius)]
        }
      }
    }
  }
}

/** Keeps one running sum a column of a block and goes down row by row. */
function blurColumns(
  { width, height, data }: GrayImage,
  out: Uint8Array,
  radius: number,
  { side, columns, rows, marks }: BlockGrid,
): void {
  const inverse = inverseOf(2 * radius + 1)
  const sums = new Int32Array(side)
  const lineOf = (y: number) => Math.min(height - 1, Math.max(0, y)) * width
  for (let column = 0; column < columns; column++) {
    const left = column * side
    const count = Math.min(width - left, side)
    for (let row = 0; row < rows; row++) {
      if (marks[row * columns + column] === 0) continue
      const from = row * side
      while (row + 1 < rows && marks[(row + 1) * columns + column] === 1) row++
      const to = Math.min(height, (row + 1) * side)
      sums.fill(radius)
      for (let y = from - radius; y <= from + radius; y++) {
        const line = lineOf(y) + left
        for (let x = 0; x < count; x++) sums[x] += data[line + x]
      }
      for (let y = from; y < to; y++) {
        const line = y * width + left
        const head = lineOf(y + radius + 1) + left
        const tail = lineOf(y - radius) + left
        for (let x = 0; x < count; x++) {
          const sum = sums[x]
          out[line + x] = Math.imul(sum, inverse) >>> 24
          sums[x] = sum + data[head + x] - data[tail + x]
        }
      }
    }
  }
}
