import type { GrayImage } from '../../image/raster'

/** One row of squared distances. */
interface DistanceRow {
  readonly y: number
  /** From each pixel's centre to that of the nearest pixel inside, px squared; 0 inside, FAR beyond the reach. */
  readonly squared: Int32Array
}

/** Stands for any distance beyond the reach. */
const FAR = 1 << 28

/**
 * Exact squared distances up to `reach` px: a pass down and up the columns, then in each row the lower envelope of the
 * parabolas over the columns' distances. Only the ends of a run inside can be nearest, and columns beyond the reach are
 * skipped, so that the cost depends on the area near edges, not on the radius.
 * @param reach whole px, 1..254
 * @see Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012
 */
export function forEachDistanceRow(
  { width, height, data }: GrayImage,
  isInside: (value: number) => boolean,
  reach: number,
  visit: (row: DistanceRow) => void,
): void {
  const inside = Uint8Array.from({ length: 256 }, (_, value) => (isInside(value) ? 0 : 255))
  const vertical = verticalDistances(data, inside, width, height, reach + 1)
  const squared = new Int32Array(width)
  const vertex = new Int32Array(width)
  const from = new Int32Array(width + 1)
  for (let y = 0; y < height; y++) {
    envelope(vertical.subarray(y * width, (y + 1) * width), reach, vertex, from, squared)
    visit({ y, squared })
  }
}

/** The distance to the nearest pixel inside in the same column, px, `cap` at most. */
function verticalDistances(
  data: Uint8Array,
  inside: Uint8Array,
  width: number,
  height: number,
  cap: number,
): Uint8Array {
  const out = new Uint8Array(width * height)
  for (let i = 0; i < width; i++) out[i] = inside[data[i]] === 0 ? 0 : cap
  for (let i = width; i < out.length; i++) {
    const above = out[i - width] + 1
    out[i] = inside[data[i]] === 0 ? 0 : above < cap ? above : cap
  }
  for (let i = out.length - width - 1; i >= 0; i--) {
    const below = out[i + width] + 1
    if (below < out[i]) out[i] = below
  }
  return out
}

/** Fills one row of squared distances. @param vertex, from: buffers for the parabolas and where each becomes the lowest */
function envelope(
  g: Uint8Array,
  reach: number,
  vertex: Int32Array,
  from: Int32Array,
  squared: Int32Array,
): void {
  const { length } = g
  let last = -1
  for (let q = 0; q < length; q++) {
    const h = g[q]
    if (h > reach) continue
    if (h === 0 && q > 0 && q + 1 < length && g[q - 1] === 0 && g[q + 1] === 0) continue
    const height = h * h + q * q
    let start = 0
    while (last >= 0) {
      const v = vertex[last]
      // The first whole x where q's parabola is lower than v's.
      start = Math.floor((height - g[v] * g[v] - v * v) / (2 * (q - v))) + 1
      if (start > from[last]) break
      last--
    }
    if (last < 0) start = 0
    if (start >= length) continue
    last++
    vertex[last] = q
    from[last] = start
  }
  if (last < 0) {
    squared.fill(FAR)
    return
  }
  from[last + 1] = length
  for (let k = 0; k <= last; k++) {
    const v = vertex[k]
    const h = g[v] * g[v]
    const low = from[k]
    const high = from[k + 1]
    const near = Math.max(low, v - reach)
    const far = Math.min(high, v + reach + 1)
    if (near >= far) {
      squared.fill(FAR, low, high)
      continue
    }
    squared.fill(FAR, low, near)
    for (let x = near; x < far; x++) squared[x] = g[x] === 0 ? 0 : (x - v) * (x - v) + h
    squared.fill(FAR, far, high)
  }
  // The middle of a run inside has no parabola of its own.
  for (let x = 0; x < length; x++) if (g[x] === 0) squared[x] = 0
}
