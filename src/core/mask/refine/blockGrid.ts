import type { GrayImage } from '../../image/raster'

/** Marks a block that is neither all 0 nor all 255. */
const MIXED = 1

/** Blocks of an image, row by row; those at its right and lower edge may be cut off. */
export interface BlockGrid {
  /** Of a block, px. */
  readonly side: number
  readonly columns: number
  readonly rows: number
  /** 1 for those near an edge, else 0. */
  readonly marks: Uint8Array
}

/**
 * The blocks of an image with an edge in reach.
 * @param side of a block, px
 * @param reach px; blocks without a mark are all 0 or all 255, and so is what lies around them up to this far
 */
export function blocksNearEdges(image: GrayImage, side: number, reach: number): BlockGrid {
  const columns = Math.ceil(image.width / side)
  const rows = Math.ceil(image.height / side)
  const kinds = blockKinds(image, side, columns, rows)
  let marks = new Uint8Array(columns * rows)
  for (let k = 0; k < marks.length; k++) marks[k] = isNearEdge(kinds, columns, rows, k) ? 1 : 0
  for (let ring = side; ring < reach; ring += side) marks = grown(marks, columns, rows)
  return { side, columns, rows, marks }
}

/** 0 or 255 for a block of nothing else, MIXED for any other. */
function blockKinds(
  { width, height, data }: GrayImage,
  side: number,
  columns: number,
  rows: number,
): Uint8Array {
  const kinds = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * side)
    for (let column = 0; column < columns; column++) {
      const left = column * side
      const right = Math.min(width, left + side)
      const value = data[row * side * width + left]
      let kind = value === 0 || value === 255 ? value : MIXED
      for (let y = row * side; y < bottom && kind !== MIXED; y++) {
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
function isNearEdge(kinds: Uint8Array, columns: number, rows: number, block: number): boolean {
  return kinds[block] === MIXED || isAround(columns, rows, block, (other) => kinds[other] !== kinds[block])
}

/** The marked blocks and those around them. */
function grown(marks: Uint8Array, columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(marks.length)
  for (let k = 0; k < out.length; k++)
    out[k] = isAround(columns, rows, k, (other) => marks[other] === 1) ? 1 : 0
  return out
}

/** True where it holds for a block or one of the eight around it. */
function isAround(columns: number, rows: number, block: number, holds: (other: number) => boolean): boolean {
  const column = block % columns
  const row = (block - column) / columns
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
      if (holds(y * columns + x)) return true
  return false
}
