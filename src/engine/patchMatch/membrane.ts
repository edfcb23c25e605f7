/** Values with weights on a grid; weight 0 is unknown. */
interface Grid {
  readonly width: number
  readonly height: number
  readonly values: Float64Array
  readonly weights: Float64Array
}

/**
 * Fills unknown values smoothly from the known ones, which stay: averages are pushed to coarser grids until nothing
 * is unknown, then pulled back.
 * @param values `channels` interleaved values a pixel; unknown ones are overwritten
 * @param weights 1 known, 0 unknown
 * @see Gortler et al., "The Lumigraph", 1996: push-pull
 */
export function pushPull(
  width: number,
  height: number,
  channels: number,
  values: Float64Array,
  weights: Float64Array,
): void {
  const grids: Grid[] = [{ width, height, values, weights: weights.slice() }]
  for (let top = grids[0]; top.width > 1 || top.height > 1; top = grids.at(-1)!) {
    grids.push(push(top, channels))
  }
  for (let i = grids.length - 2; i >= 0; i--) pull(grids[i], grids[i + 1], channels)
}

function push(fine: Grid, channels: number): Grid {
  const width = (fine.width + 1) >> 1
  const height = (fine.height + 1) >> 1
  const values = new Float64Array(width * height * channels)
  const weights = new Float64Array(width * height)
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const p = y * fine.width + x
      const weight = fine.weights[p]
      if (weight === 0) continue
      const q = (y >> 1) * width + (x >> 1)
      weights[q] += weight
      for (let c = 0; c < channels; c++) values[q * channels + c] += weight * fine.values[p * channels + c]
    }
  }
  for (let q = 0; q < weights.length; q++) {
    const weight = weights[q]
    if (weight === 0) continue
    for (let c = 0; c < channels; c++) values[q * channels + c] /= weight
    weights[q] = Math.min(1, weight)
  }
  return { width, height, values, weights }
}

/** Unknown and half-known values take the coarser grid's, interpolated between its four nearest cells. */
function pull(fine: Grid, coarse: Grid, channels: number): void {
  for (let y = 0; y < fine.height; y++) {
    const cy = y >> 1
    const ny = Math.min(coarse.height - 1, Math.max(0, cy + (y & 1 ? 1 : -1)))
    for (let x = 0; x < fine.width; x++) {
      const p = y * fine.width + x
      const weight = fine.weights[p]
      if (weight >= 1) continue
      const cx = x >> 1
      const nx = Math.min(coarse.width - 1, Math.max(0, cx + (x & 1 ? 1 : -1)))
      for (let c = 0; c < channels; c++) {
        const at = (px: number, py: number) => coarse.values[(py * coarse.width + px) * channels + c]
        const smooth = (9 * at(cx, cy) + 3 * at(nx, cy) + 3 * at(cx, ny) + at(nx, ny)) / 16
        const i = p * channels + c
        fine.values[i] = weight * fine.values[i] + (1 - weight) * smooth
      }
    }
  }
}
