import type { GrayImage } from '../../image/raster'

/** Squared distances of a band around what is inside, handed over row by row. */
interface DistanceRow {
  readonly y: number
  /** Squared px between pixel centres to the nearest pixel inside; 0 inside, FAR beyond the reach. */
  readonly squared: Int32Array
}

/** Further than the reach. */
const FAR = 1 << 28

/**
 * Exact squared distances up to `reach` px: a pass down and up the columns, then in each row the lower envelope of the
 * parabolas that stand on the columns' distances. Within a run inside only its ends can be nearest, and columns
 * beyond the reach stand for nothing, so that the cost follows the band around the edges, not the radius.
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

/** Distance to the nearest pixel inside above or below, px; `cap` where it is that or more. */
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

/** One row. @param vertex, from: room for the parabolas and where each begins to be the lowest */
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
    // Inside runs are known, also where only their end stands for them.
    squared.fill(FAR, far, high)
  }
  for (let x = 0; x < length; x++) if (g[x] === 0) squared[x] = 0
}
