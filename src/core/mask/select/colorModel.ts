/** The colours of a region as a few clusters. Colours are three values a pixel, 0..255. */
export interface ColorModel {
  /** Three values a cluster. */
  readonly mean: Float64Array
  readonly variance: Float64Array
  readonly share: Float64Array
}

const CLUSTERS = 5
const ROUNDS = 6
/** The least variance of a cluster, levels squared: no surface in a photo is more uniform. */
const MIN_VARIANCE = 12

/**
 * Clusters the colours of the pixels that `belongs` picks, by k-means.
 * @param minVariance of a cluster, levels squared
 * @returns null where no pixel is picked
 */
export function colorModel(
  colors: Float32Array,
  belongs: (p: number) => boolean,
  minVariance = MIN_VARIANCE,
): ColorModel | null {
  const picked: number[] = []
  for (let p = 0; p < colors.length / 3; p++) if (belongs(p)) picked.push(p)
  if (picked.length === 0) return null
  const mean = startMeans(colors, picked)
  const k = mean.length / 3
  const variance = new Float64Array(k)
  const share = new Float64Array(k)
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(3 * k)
    const squares = new Float64Array(k)
    const counts = new Float64Array(k)
    for (const p of picked) {
      const { cluster, squared } = nearest(colors, p, mean)
      counts[cluster]++
      squares[cluster] += squared
      for (let c = 0; c < 3; c++) sums[3 * cluster + c] += colors[3 * p + c]
    }
    for (let j = 0; j < k; j++) {
      if (counts[j] > 0) for (let c = 0; c < 3; c++) mean[3 * j + c] = sums[3 * j + c] / counts[j]
      variance[j] = Math.max(minVariance, counts[j] > 0 ? squares[j] / counts[j] / 3 : 0)
      share[j] = counts[j] / picked.length
    }
  }
  return { mean, variance, share }
}

/** The first means, far apart: each is the pixel that differs most from those before it. */
function startMeans(colors: Float32Array, picked: readonly number[]): Float64Array {
  const means: number[] = []
  const step = Math.max(1, Math.floor(picked.length / 2000))
  let next = picked[picked.length >> 1]
  for (let k = 0; k < CLUSTERS; k++) {
    means.push(colors[3 * next], colors[3 * next + 1], colors[3 * next + 2])
    let max = 1
    let found = -1
    for (let i = 0; i < picked.length; i += step) {
      const { squared } = nearest(colors, picked[i], means)
      if (squared > max) {
        max = squared
        found = picked[i]
      }
    }
    if (found < 0) break
    next = found
  }
  return Float64Array.from(means)
}

function nearest(
  colors: Float32Array,
  p: number,
  mean: ArrayLike<number>,
): { cluster: number; squared: number } {
  let cluster = 0
  let squared = Infinity
  for (let j = 0; 3 * j < mean.length; j++) {
    const r = colors[3 * p] - mean[3 * j]
    const g = colors[3 * p + 1] - mean[3 * j + 1]
    const b = colors[3 * p + 2] - mean[3 * j + 2]
    const d = r * r + g * g + b * b
    if (d < squared) {
      squared = d
      cluster = j
    }
  }
  return { cluster, squared }
}

/** How badly a colour fits the model: the negative logarithm of its likelihood, up to a constant. */
export function misfit({ mean, variance, share }: ColorModel, colors: Float32Array, p: number): number {
  let best = Infinity
  for (let j = 0; j < share.length; j++) {
    if (share[j] === 0) continue
    const r = colors[3 * p] - mean[3 * j]
    const g = colors[3 * p + 1] - mean[3 * j + 1]
    const b = colors[3 * p + 2] - mean[3 * j + 2]
    const cost =
      (r * r + g * g + b * b) / (2 * variance[j]) + 1.5 * Math.log(variance[j]) - Math.log(share[j])
    if (cost < best) best = cost
  }
  return best
}
