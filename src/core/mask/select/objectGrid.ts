import type { Rect } from '../../geometry'
import type { RgbaImage } from '../../image/raster'
import { type ColorModel, misfit } from './colorModel'
import { minCut } from './minCut'

/** A region of a picture at reduced size, and which of its cells belong to the object. */
export interface Grid {
  readonly width: number
  readonly height: number
  /** Image px. */
  readonly region: Rect
  /** The side of a cell, image px. */
  readonly scale: number
  /** Three values a cell, 0..255. */
  readonly colors: Float32Array
  /** 1 for the object, 0 for the background. */
  readonly labels: Uint8Array
}

export const UNDECIDED = 0
export const OBJECT = 1
export const BACKGROUND = 2

interface Models {
  readonly object: ColorModel
  readonly background: ColorModel
}

/** The weight of a short border against the colours. */
const SMOOTHNESS = 12
/** A bias that no cut overrides. */
const CERTAIN = 1e6
/** How far the border may move at each finer level, in cells of that level. */
const BAND = 3

/** The eight neighbours, as pairs of opposite steps: step d ^ 1 reverses step d. */
const DX = [1, -1, 0, 0, 1, -1, 1, -1]
const DY = [0, 0, 1, -1, 1, -1, -1, 1]
const NEARNESS = [1, 1, 1, 1, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2]

/** The colours of a region at reduced size; all labels are 0. @param scale the side of a cell, image px */
export function sampleGrid(picture: RgbaImage, region: Rect, scale: number): Grid {
  const width = Math.ceil(region.width / scale)
  const height = Math.ceil(region.height / scale)
  const colors = new Float32Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) sampleCell(picture, region, scale, x, y, colors, y * width + x)
  }
  return { width, height, region, scale, colors, labels: new Uint8Array(width * height) }
}

/** Writes a cell's colour: the mean of about 4 x 4 of its pixels. */
function sampleCell(
  { width, data }: RgbaImage,
  region: Rect,
  scale: number,
  cellX: number,
  cellY: number,
  into: Float32Array,
  at: number,
): void {
  const step = Math.max(1, scale >> 2)
  const x1 = Math.min(region.x + region.width, region.x + (cellX + 1) * scale)
  const y1 = Math.min(region.y + region.height, region.y + (cellY + 1) * scale)
  let red = 0
  let green = 0
  let blue = 0
  let count = 0
  for (let y = region.y + cellY * scale; y < y1; y += step) {
    for (let x = region.x + cellX * scale; x < x1; x += step) {
      const i = 4 * (y * width + x)
      red += data[i]
      green += data[i + 1]
      blue += data[i + 2]
      count++
    }
  }
  into[3 * at] = red / count
  into[3 * at + 1] = green / count
  into[3 * at + 2] = blue / count
}

/** Cuts the whole grid. @param fixed OBJECT, BACKGROUND or UNDECIDED for each cell @returns the labels */
export function solveGrid(grid: Grid, fixed: Uint8Array, models: Models): Uint8Array {
  const cells = Int32Array.from({ length: fixed.length }, (_, p) => p)
  const nodes = Int32Array.from({ length: fixed.length }, (_, p) => p + 1)
  return cut(grid, cells, nodes, grid.colors, (p) => fixed[p], models)
}

/**
 * The grid at half the scale: labels are copied over, then cut again in a band along their border.
 * @returns the finer grid (its colours are those of the band only) and the cells of the band
 */
export function refineGrid(
  picture: RgbaImage,
  coarse: Grid,
  scale: number,
  models: Models,
): { grid: Grid; border: Int32Array } {
  const { region } = coarse
  const width = Math.ceil(region.width / scale)
  const height = Math.ceil(region.height / scale)
  const labels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const line = (y >> 1) * coarse.width
    for (let x = 0; x < width; x++) labels[y * width + x] = coarse.labels[line + (x >> 1)]
  }
  const nodes = new Int32Array(width * height)
  const band: number[] = []
  for (const p of borderCells(coarse)) {
    const cx = 2 * (p % coarse.width)
    const cy = 2 * Math.floor(p / coarse.width)
    for (let y = Math.max(0, cy - BAND + 1); y <= Math.min(height - 1, cy + BAND); y++) {
      for (let x = Math.max(0, cx - BAND + 1); x <= Math.min(width - 1, cx + BAND); x++) {
        const q = y * width + x
        if (nodes[q] !== 0) continue
        band.push(q)
        nodes[q] = band.length
      }
    }
  }
  const cells = Int32Array.from(band)
  const colors = new Float32Array(3 * cells.length)
  cells.forEach((p, k) => {
    sampleCell(picture, region, scale, p % width, Math.floor(p / width), colors, k)
  })
  const grid: Grid = { width, height, region, scale, colors, labels }
  const found = cut(grid, cells, nodes, colors, () => UNDECIDED, models)
  cells.forEach((p, k) => {
    labels[p] = found[k]
  })
  return { grid, border: cells }
}

/** The cells with a neighbour of the other label to the left, right, above or below. */
function borderCells({ width, height, labels }: Grid): number[] {
  const out: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x
      const label = labels[p]
      if (
        (x > 0 && labels[p - 1] !== label) ||
        (x + 1 < width && labels[p + 1] !== label) ||
        (y > 0 && labels[p - width] !== label) ||
        (y + 1 < height && labels[p + width] !== label)
      )
        out.push(p)
    }
  }
  return out
}

/**
 * Cuts some cells of a grid; the others keep their labels.
 * @param cells the cells to cut
 * @param nodes for each cell of the grid its place in `cells` plus 1; 0 where it is not among them
 * @param colors of `cells`, in their order
 * @returns the labels of `cells`
 */
function cut(
  { width, height, labels }: Grid,
  cells: Int32Array,
  nodes: Int32Array,
  colors: Float32Array,
  fixed: (p: number) => number,
  models: Models,
): Uint8Array {
  const count = cells.length
  const neighbors = new Int32Array(8 * count).fill(-1)
  const capacity = new Float32Array(8 * count)
  const terminal = new Float32Array(count)
  const squared = new Float32Array(8 * count)
  let sum = 0
  let edges = 0
  for (let k = 0; k < count; k++) {
    const x = cells[k] % width
    const y = Math.floor(cells[k] / width)
    for (let d = 0; d < 8; d++) {
      const qx = x + DX[d]
      const qy = y + DY[d]
      if (qx < 0 || qy < 0 || qx >= width || qy >= height) continue
      const q = nodes[qy * width + qx] - 1
      if (q < 0) {
        terminal[k] += (labels[qy * width + qx] === 1 ? 1 : -1) * SMOOTHNESS * NEARNESS[d]
        continue
      }
      neighbors[8 * k + d] = q
      let difference = 0
      for (let c = 0; c < 3; c++) difference += (colors[3 * k + c] - colors[3 * q + c]) ** 2
      squared[8 * k + d] = difference
      sum += difference
      edges++
    }
  }
  const beta = edges > 0 && sum > 0 ? edges / (2 * sum) : 0
  for (let e = 0; e < neighbors.length; e++) {
    if (neighbors[e] >= 0) capacity[e] = SMOOTHNESS * NEARNESS[e & 7] * Math.exp(-beta * squared[e])
  }
  for (let k = 0; k < count; k++) {
    const known = fixed(cells[k])
    if (known === OBJECT) terminal[k] = CERTAIN
    else if (known === BACKGROUND) terminal[k] = -CERTAIN
    else terminal[k] += misfit(models.background, colors, k) - misfit(models.object, colors, k)
  }
  return minCut({ count, neighbors, capacity, terminal })
}
