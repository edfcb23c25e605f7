import { freeBytes } from '../freeBytes'

/** Weighted values on a grid, `channels` interleaved; weight 0 means unknown. */
interface Grid {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly values: Float32Array<ArrayBuffer>
  readonly weights: Float32Array<ArrayBuffer>
}

/** Known values of some pixels of a frame. */
export interface Scattered {
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Pixels whose values are known. */
  readonly pixels: Int32Array
  /** `channels` interleaved values for each of them. */
  readonly values: Float32Array
}

/** Values for every pixel of a frame, kept at half its size. */
export type SmoothField = Pick<Grid, 'width' | 'height' | 'channels' | 'values'>

/**
 * Continues known values smoothly: averages are pushed to coarser grids until none is unknown, then pulled back.
 * @see Gortler et al., "The Lumigraph", 1996: push-pull
 */
export function smoothField(known: Scattered): SmoothField {
  const grids = [scatter(known)]
  for (let top = grids[0]; top.width > 1 || top.height > 1; top = grids[grids.length - 1]) {
    grids.push(push(top))
  }
  for (let i = grids.length - 2; i >= 0; i--) {
    const coarse = grids[i + 1]
    pull(grids[i], coarse)
    for (const part of [coarse.values, coarse.weights]) freeBytes(part)
  }
  return grids[0]
}

/**
 * As `smoothField`; only the wanted pixels are computed at full size.
 * @param wanted pixels, none of them known
 * @param tick called every few ms
 * @returns `channels` interleaved values for each of them
 */
export function continueSmoothly(
  known: Scattered,
  wanted: Int32Array,
  tick: () => void = () => {},
): Float32Array<ArrayBuffer> {
  const { channels, width } = known
  const rows = new FieldRows(smoothField(known))
  tick()
  const out = new Float32Array(wanted.length * channels)
  let row = -1
  for (let i = 0; i < wanted.length; i++) {
    const y = (wanted[i] / width) | 0
    if (y !== row) rows.moveTo((row = y))
    rows.read(wanted[i] - y * width, out, i * channels)
  }
  return out
}

function gridFor(width: number, height: number, channels: number): Grid {
  return {
    width,
    height,
    channels,
    values: new Float32Array(width * height * channels),
    weights: new Float32Array(width * height),
  }
}

/** The first grid, at half the frame's size. */
function scatter({ width, height, channels, pixels, values }: Scattered): Grid {
  const grid = gridFor((width + 1) >> 1, (height + 1) >> 1, channels)
  for (let i = 0; i < pixels.length; i++) {
    const x = pixels[i] % width
    const y = (pixels[i] / width) | 0
    const q = (y >> 1) * grid.width + (x >> 1)
    grid.weights[q] += 1
    for (let c = 0; c < channels; c++) grid.values[q * channels + c] += values[i * channels + c]
  }
  return average(grid)
}

function push(fine: Grid): Grid {
  const { channels } = fine
  const coarse = gridFor((fine.width + 1) >> 1, (fine.height + 1) >> 1, channels)
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const p = y * fine.width + x
      const weight = fine.weights[p]
      if (weight === 0) continue
      const q = (y >> 1) * coarse.width + (x >> 1)
      coarse.weights[q] += weight
      for (let c = 0; c < channels; c++)
        coarse.values[q * channels + c] += weight * fine.values[p * channels + c]
    }
  }
  return average(coarse)
}

function average(grid: Grid): Grid {
  const { channels, values, weights } = grid
  for (let q = 0; q < weights.length; q++) {
    const weight = weights[q]
    if (weight === 0) continue
    for (let c = 0; c < channels; c++) values[q * channels + c] /= weight
    weights[q] = Math.min(1, weight)
  }
  return grid
}

/** Completes unknown and partly known values from the coarser grid. */
function pull(fine: Grid, coarse: Grid): void {
  const { channels, width, values, weights } = fine
  const rows = new FieldRows(coarse)
  const between = new Float32Array(channels)
  for (let y = 0; y < fine.height; y++) {
    rows.moveTo(y)
    for (let x = 0; x < width; x++) {
      const weight = weights[y * width + x]
      if (weight >= 1) continue
      const i = (y * width + x) * channels
      if (weight === 0) {
        rows.read(x, values, i)
        continue
      }
      rows.read(x, between, 0)
      for (let c = 0; c < channels; c++) values[i + c] = weight * values[i + c] + (1 - weight) * between[c]
    }
  }
}

/** Reads a field at full size, interpolated between its four nearest cells, one row after another. */
export class FieldRows {
  private readonly field: SmoothField
  /** The row's cells between its two rows of the field, times 4. */
  private readonly cells: Float64Array

  constructor(field: SmoothField) {
    this.field = field
    this.cells = new Float64Array(field.width * field.channels)
  }

  moveTo(y: number): void {
    const { width, height, channels, values } = this.field
    const { cells } = this
    const cy = y >> 1
    const ny = Math.min(height - 1, Math.max(0, cy + (y & 1 ? 1 : -1)))
    const near = cy * width * channels
    const far = ny * width * channels
    for (let i = 0; i < cells.length; i++) cells[i] = 3 * values[near + i] + values[far + i]
  }

  /** Writes the pixel's values. @param x in the row */
  read(x: number, out: Float32Array, at: number): void {
    const { channels } = this.field
    const { cells } = this
    const near = (x >> 1) * channels
    const far = this.neighborOf(x) * channels
    for (let c = 0; c < channels; c++) out[at + c] = (3 * cells[near + c] + cells[far + c]) / 16
  }

  /**
   * Adds the values of a field of three channels to pixels of the row, from x on; alpha stays.
   * @param at of the first
   * @param step from each pixel to the next, bytes
   */
  addTo(data: Uint8ClampedArray, at: number, x: number, count: number, step = 4): void {
    const { cells } = this
    for (let k = x, i = at; k < x + count; k++, i += step) {
      const near = 3 * (k >> 1)
      const far = 3 * this.neighborOf(k)
      data[i] += (3 * cells[near] + cells[far]) / 16
      data[i + 1] += (3 * cells[near + 1] + cells[far + 1]) / 16
      data[i + 2] += (3 * cells[near + 2] + cells[far + 2]) / 16
    }
  }

  /** The nearest cell of the field's row beside that of x. */
  private neighborOf(x: number): number {
    return Math.min(this.field.width - 1, Math.max(0, (x >> 1) + (x & 1 ? 1 : -1)))
  }
}
