/** For each output sample the input samples that it is made of and their weights, which add up to 1. */
export interface Kernel {
  /** Input samples of an output sample. */
  readonly count: number
  /** `count` a sample, in order, inside the input: its edge repeats. */
  readonly taps: Int32Array
  readonly weights: Float32Array
  /**
   * The taps that hold a sample, counted from its first: it leaves their range by no more than rounding. null where
   * no weight is negative.
   */
  readonly held: { readonly from: number; readonly to: number } | null
}

/** Lobes of the sinc. @see Duchon, "Lanczos Filtering in One and Two Dimensions", 1979 */
const LOBES = 3

function lanczos(t: number): number {
  if (t === 0) return 1
  if (t <= -LOBES || t >= LOBES) return 0
  const x = Math.PI * t
  return (LOBES * Math.sin(x) * Math.sin(x / LOBES)) / (x * x)
}

/**
 * Area average when shrinking. Lanczos-3 when enlarging, held within its four nearest samples: beside an edge it
 * would overshoot.
 * @param from length of the input
 * @param start where the first output sample begins, input px; may be fractional
 * @param span what all output samples cover, input px; may be fractional
 * @param to length of the output
 */
export function makeKernel(from: number, start: number, span: number, to: number): Kernel {
  const ratio = span / to
  return ratio > 1 ? areaKernel(from, start, ratio, to) : lanczosKernel(from, start, ratio, to)
}

function areaKernel(from: number, offset: number, ratio: number, to: number): Kernel {
  const count = Math.ceil(ratio) + 1
  const taps = new Int32Array(to * count)
  const weights = new Float32Array(to * count)
  for (let i = 0; i < to; i++) {
    const start = offset + i * ratio
    const end = start + ratio
    const first = Math.floor(start)
    for (let k = 0; k < count; k++) {
      const at = first + k
      taps[i * count + k] = inside(at, from)
      weights[i * count + k] = Math.max(0, Math.min(end, at + 1) - Math.max(start, at)) / ratio
    }
  }
  return { count, taps, weights, held: null }
}

function lanczosKernel(from: number, offset: number, ratio: number, to: number): Kernel {
  const count = 2 * LOBES
  const taps = new Int32Array(to * count)
  const weights = new Float32Array(to * count)
  for (let i = 0; i < to; i++) {
    const center = offset + (i + 0.5) * ratio - 0.5
    const first = Math.floor(center) - LOBES + 1
    let sum = 0
    for (let k = 0; k < count; k++) {
      const weight = lanczos(center - (first + k))
      taps[i * count + k] = inside(first + k, from)
      weights[i * count + k] = weight
      sum += weight
    }
    for (let k = 0; k < count; k++) weights[i * count + k] /= sum
  }
  return { count, taps, weights, held: { from: LOBES - 2, to: LOBES + 2 } }
}

function inside(at: number, length: number): number {
  return at < 0 ? 0 : at >= length ? length - 1 : at
}
