/** Weighted values on a grid; weight 0 means unknown. */
interface Grid {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
  readonly weights: Float32Array
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

/**
 * Continues known values smoothly: averages are pushed to coarser grids until none is unknown, then pulled back. Only
 * the wanted pixels are computed at full size.
 * @param wanted pixels, none of them known
 * @returns `channels` interleaved values for each of them
 * @see Gortler et al., "The Lumigraph", 1996: push-pull
 */
export function continueSmoothly(known: Scattered, wanted: Int32Array): Float32Array {
  const { channels, width } = known
  const grids = [scatter(known)]
  for (let top = grids[0]; top.width > 1 || top.height > 1; top = grids[grids.length - 1]) {
    grids.push(push(top, channels))
  }
  for (let i = grids.length - 2; i >= 0; i--) pull(grids[i], grids[i + 1], channels)
  const [coarse] = grids
  const out = new Float32Array(wanted.length * channels)
  for (let i = 0; i < wanted.length; i++) {
    const p = wanted[i]
    smooth(coarse, channels, p % width, (p / width) | 0, out, i * channels)
  }
  return out
}

function gridFor(width: number, height: number, channels: number): Grid {
  return {
    width,
    height,
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
  return average(grid, channels)
}

function push(fine: Grid, channels: number): Grid {
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
  return average(coarse, channels)
}

function average(grid: Grid, channels: number): Grid {
  const { values, weights } = grid
  for (let q = 0; q < weights.length; q++) {
    const weight = weights[q]
    if (weight === 0) continue
    for (let c = 0; c < channels; c++) values[q * channels + c] /= weight
    weights[q] = Math.min(1, weight)
  }
  return grid
}

/** Completes unknown and partly known values from the coarser grid. */
function pull(fine: Grid, coarse: Grid, channels: number): void {
  const between = new Float32Array(channels)
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const p = y * fine.width + x
      const weight = fine.weights[p]
      if (weight >= 1) continue
      smooth(coarse, channels, x, y, between, 0)
      for (let c = 0; c < channels; c++) {
        const i = p * channels + c
        fine.values[i] = weight * fine.values[i] + (1 - weight) * between[c]
      }
    }
  }
}

/** The value at a pixel of twice the grid's size, interpolated between its four nearest cells. */
function smooth(
  { width, height, values }: Grid,
  channels: number,
  x: number,
  y: number,
  out: Float32Array,
  at: number,
): void {
  const cx = x >> 1
  const cy = y >> 1
  const nx = Math.min(width - 1, Math.max(0, cx + (x & 1 ? 1 : -1)))
  const ny = Math.min(height - 1, Math.max(0, cy + (y & 1 ? 1 : -1)))
  const a = (cy * width + cx) * channels
  const b = (cy * width + nx) * channels
  const d = (ny * width + cx) * channels
  const e = (ny * width + nx) * channels
  for (let c = 0; c < channels; c++)
    out[at + c] = (9 * values[a + c] + 3 * values[b + c] + 3 * values[d + c] + values[e + c]) / 16
}
