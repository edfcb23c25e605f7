import type { Level } from '../level'

/** A straight piece of an edge, px of the level. */
export interface Segment {
  /** Its middle. */
  readonly x: number
  readonly y: number
  /** Along it, of length 1. */
  readonly dx: number
  readonly dy: number
  readonly length: number
}

/** Brightness changes by this much over an edge's pixel, levels: noise of one level turns no direction further than allowed. */
const MIN_GRADIENT = 6
/** Segments begin at this share of the pixels, the steepest: texture has edges everywhere. */
const MAX_STEEP = 0.15
/** Cosine of the angle within which the gradients of one segment point: 22.5 degrees. */
const MIN_ALIKE = 0.92388
/** Shortest segment, px. */
const MIN_LENGTH = 12
/** Longer than wide by this, */
const MIN_SLENDER = 4
/** and with this share of its box on the edge. */
const MIN_DENSITY = 0.5
/** As many at most, the longest. */
const MAX_SEGMENTS = 400

/**
 * Line segments: finds straight pieces of edges in the known part: regions of neighbouring pixels whose gradients point alike, from the
 * steepest on.
 * @returns the longest first
 * @see Grompone von Gioi et al., "LSD: A Line Segment Detector", 2012
 */
export function segmentsIn(level: Level, tick: () => void): Segment[] {
  const { width } = level
  const { gx, gy, size } = gradientsOf(level)
  tick()
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]
  const taken = new Uint8Array(size.length)
  const region = new Int32Array(size.length)
  const segments: Segment[] = []
  for (const seed of steepestFirst(size)) {
    if (taken[seed]) continue
    region[0] = seed
    taken[seed] = 1
    let count = 1
    let sx = gx[seed]
    let sy = gy[seed]
    for (let k = 0; k < count; k++) {
      for (let n = 0; n < 8; n++) {
        // No gradient is known at the border: no neighbour lies at another row's end.
        const q = region[k] + around[n]
        if (taken[q] || size[q] < MIN_GRADIENT) continue
        const dot = gx[q] * sx + gy[q] * sy
        const lengths = size[q] * size[q] * (sx * sx + sy * sy)
        if (dot < 0 || dot * dot < MIN_ALIKE * MIN_ALIKE * lengths) continue
        taken[q] = 1
        region[count++] = q
        sx += gx[q]
        sy += gy[q]
      }
    }
    if (count < MIN_LENGTH) continue
    const segment = segmentOf(region.subarray(0, count), size, width)
    if (segment) segments.push(segment)
  }
  return segments.toSorted((a, b) => b.length - a.length).slice(0, MAX_SEGMENTS)
}

interface Gradients {
  readonly gx: Float32Array
  readonly gy: Float32Array
  /** 0 where it is not known. */
  readonly size: Float32Array
}

function gradientsOf({ width, height, known, color }: Level): Gradients {
  const count = color.length
  // Four times the brightness.
  const light = new Int16Array(count)
  for (let p = 0; p < count; p++) {
    const c = color[p]
    light[p] = (c & 255) + 2 * ((c >>> 8) & 255) + ((c >>> 16) & 255)
  }
  const gx = new Float32Array(count)
  const gy = new Float32Array(count)
  const size = new Float32Array(count)
  for (let y = 1; y < height - 1; y++) {
    // How many columns up to here are known in all three rows.
    let run = 0
    for (let x = 0, p = y * width; x < width; x++, p++) {
      run = known[p - width] & known[p] & known[p + width] ? run + 1 : 0
      if (run < 3) continue
      const q = p - 1
      const falling = light[q + width + 1] - light[q - width - 1]
      const rising = light[q - width + 1] - light[q + width - 1]
      const across = falling + rising + 2 * (light[q + 1] - light[q - 1])
      const down = falling - rising + 2 * (light[q + width] - light[q - width])
      gx[q] = across / 32
      gy[q] = down / 32
      size[q] = Math.sqrt(across * across + down * down) / 32
    }
  }
  return { gx, gy, size }
}

/** The steepest pixels by whole levels, then in raster order. */
function steepestFirst(size: Float32Array): Int32Array {
  // By level, the steepest first.
  const starts = new Int32Array(257)
  for (let p = 0; p < size.length; p++)
    if (size[p] >= MIN_GRADIENT) starts[256 - Math.min(255, size[p] | 0)]++
  for (let k = 1; k < starts.length; k++) starts[k] += starts[k - 1]
  const sorted = new Int32Array(starts[256])
  for (let p = 0; p < size.length; p++)
    if (size[p] >= MIN_GRADIENT) sorted[starts[255 - Math.min(255, size[p] | 0)]++] = p
  return sorted.subarray(0, Math.ceil(size.length * MAX_STEEP))
}

/** The main axis of a region, weighted by gradients. @returns null where it is no straight piece */
function segmentOf(region: Int32Array, size: Float32Array, width: number): Segment | null {
  let [sum, x, y] = [0, 0, 0]
  for (const p of region) {
    sum += size[p]
    x += size[p] * (p % width)
    y += size[p] * Math.floor(p / width)
  }
  x /= sum
  y /= sum
  let [xx, xy, yy] = [0, 0, 0]
  for (const p of region) {
    const [u, v] = [(p % width) - x, Math.floor(p / width) - y]
    xx += size[p] * u * u
    xy += size[p] * u * v
    yy += size[p] * v * v
  }
  const half = (xx - yy) / 2
  const apart = Math.sqrt(half * half + xy * xy)
  // The eigenvector of the larger eigenvalue, by the row that is not small.
  let [dx, dy] = half >= 0 ? [half + apart, xy] : [xy, apart - half]
  const norm = Math.sqrt(dx * dx + dy * dy)
  if (norm === 0) return null
  dx /= norm
  dy /= norm
  let [from, to, low, high] = [0, 0, 0, 0]
  for (const p of region) {
    const [u, v] = [(p % width) - x, Math.floor(p / width) - y]
    const [along, across] = [u * dx + v * dy, v * dx - u * dy]
    from = Math.min(from, along)
    to = Math.max(to, along)
    low = Math.min(low, across)
    high = Math.max(high, across)
  }
  const [length, breadth] = [to - from + 1, high - low + 1]
  if (length < MIN_LENGTH || length < MIN_SLENDER * breadth || region.length < MIN_DENSITY * length * breadth)
    return null
  const middle = (from + to) / 2
  return { x: x + middle * dx, y: y + middle * dy, dx, dy, length }
}
