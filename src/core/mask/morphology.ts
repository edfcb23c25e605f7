import { createGray, type GrayImage } from '../image/raster'

/** From here up a pixel counts as inside. */
const INSIDE = 128
const FAR = 1e12

/**
 * Squared distance of each pixel to the nearest one inside, px between their centres; FAR where nothing is inside.
 * @see Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012
 */
function squaredDistances(
  { width, height, data }: GrayImage,
  inside: (value: number) => boolean,
): Float64Array {
  const d = new Float64Array(width * height)
  for (let i = 0; i < d.length; i++) d[i] = inside(data[i]) ? 0 : FAR
  const line = new Float64Array(Math.max(width, height))
  const out = new Float64Array(line.length)
  const vertex = new Int32Array(line.length)
  const border = new Float64Array(line.length + 1)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = d[y * width + x]
    lowerEnvelope(line, height, out, vertex, border)
    for (let y = 0; y < height; y++) d[y * width + x] = out[y]
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) line[x] = d[y * width + x]
    lowerEnvelope(line, width, out, vertex, border)
    d.set(out.subarray(0, width), y * width)
  }
  return d
}

/** One dimension: the lower envelope of the parabolas that stand on the samples. */
function lowerEnvelope(
  f: Float64Array,
  length: number,
  out: Float64Array,
  vertex: Int32Array,
  border: Float64Array,
): void {
  let last = 0
  vertex[0] = 0
  border[0] = -FAR
  border[1] = FAR
  for (let q = 1; q < length; q++) {
    let crossing = 0
    for (;;) {
      const v = vertex[last]
      crossing = (f[q] + q * q - (f[v] + v * v)) / (2 * q - 2 * v)
      if (crossing > border[last] || last === 0) break
      last--
    }
    if (crossing <= border[last]) {
      vertex[last] = q
    } else {
      last++
      vertex[last] = q
      border[last] = crossing
    }
    border[last + 1] = FAR
  }
  let k = 0
  for (let q = 0; q < length; q++) {
    while (border[k + 1] < q) k++
    const v = vertex[k]
    out[q] = Math.min(FAR, (q - v) * (q - v) + f[v])
  }
}

/** Coverage at a squared distance from a shape grown by `radius`: its edge is smoothed over one pixel. */
function edgeCoverage(squared: number, radius: number): number {
  const low = (radius - 0.5) * (radius - 0.5)
  const t = (squared - low) / (2 * radius)
  if (t <= 0) return 255
  if (t >= 1) return 0
  return Math.floor(255 * (1 - t * t * (3 - 2 * t)) + 0.5)
}

/** Every pixel within `radius` px of the mask becomes part of it; what was covered stays covered. */
export function grow(image: GrayImage, radius: number): GrayImage {
  const squared = squaredDistances(image, (value) => value >= INSIDE)
  const out = createGray(image.width, image.height)
  for (let i = 0; i < squared.length; i++) {
    const grown = edgeCoverage(squared[i], radius)
    out.data[i] = grown > image.data[i] ? grown : image.data[i]
  }
  return out
}

/** Every pixel within `radius` px of what is not masked is taken away. */
export function shrink(image: GrayImage, radius: number): GrayImage {
  const squared = squaredDistances(image, (value) => value < INSIDE)
  const out = createGray(image.width, image.height)
  for (let i = 0; i < squared.length; i++) {
    const left = 255 - edgeCoverage(squared[i], radius)
    out.data[i] = left < image.data[i] ? left : image.data[i]
  }
  return out
}

/**
 * Softens the edge into a ramp of `radius` px to each side: three box blurs, in whole numbers. Beyond that distance
 * from an edge 0 stays 0 and 255 stays 255.
 */
export function feather(image: GrayImage, radius: number): GrayImage {
  const widths = boxRadii(radius)
  let current = image
  for (const box of widths) current = boxBlur(boxBlur(current, box), box)
  return current
}

/** Three box radii that add up to the ramp's. */
function boxRadii(radius: number): [number, number, number] {
  const third = Math.floor(radius / 3)
  const rest = radius - 3 * third
  return [third + (rest > 0 ? 1 : 0), third + (rest > 1 ? 1 : 0), third]
}

/** A running mean over 2 radius + 1 pixels of each row, written transposed; the ends repeat. */
function boxBlur({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(height, width)
  const span = 2 * radius + 1
  const half = span >> 1
  for (let y = 0; y < height; y++) {
    const row = y * width
    const at = (x: number) => data[row + (x < 0 ? 0 : x >= width ? width - 1 : x)]
    let sum = 0
    for (let x = -radius; x <= radius; x++) sum += at(x)
    for (let x = 0; x < width; x++) {
      out.data[x * height + y] = Math.floor((sum + half) / span)
      sum += at(x + radius + 1) - at(x - radius)
    }
  }
  return out
}

/** Rounds corners and evens out ragged edges of up to `radius` px; the edge stays smooth over about a pixel. */
export function smooth(image: GrayImage, radius: number): GrayImage {
  const soft = feather(image, radius)
  const gain = Math.max(1, radius)
  for (let i = 0; i < soft.data.length; i++) {
    const value = Math.floor((soft.data[i] - 127.5) * gain + 128)
    soft.data[i] = value < 0 ? 0 : value > 255 ? 255 : value
  }
  return soft
}

/** What the mask encloses on all sides becomes part of it. */
export function fillHoles(image: GrayImage): GrayImage {
  const { width, height, data } = image
  const outside = new Uint8Array(width * height)
  const queue: number[] = []
  const reach = (p: number) => {
    if (outside[p] || data[p] >= INSIDE) return
    outside[p] = 1
    queue.push(p)
  }
  for (let x = 0; x < width; x++) {
    reach(x)
    reach((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    reach(y * width)
    reach(y * width + width - 1)
  }
  for (let p = queue.pop(); p !== undefined; p = queue.pop()) {
    const x = p % width
    if (x > 0) reach(p - 1)
    if (x + 1 < width) reach(p + 1)
    if (p >= width) reach(p - width)
    if (p + width < data.length) reach(p + width)
  }
  const out = { width, height, data: data.slice() }
  for (let p = 0; p < data.length; p++) if (!outside[p] && data[p] < INSIDE) out.data[p] = 255
  return out
}

/** Takes away the separate parts of the mask that have fewer than `size` pixels. */
export function removeSpecks(image: GrayImage, size: number): GrayImage {
  const { width, height, data } = image
  const seen = new Uint8Array(width * height)
  const out = { width, height, data: data.slice() }
  const part: number[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start] === 0) continue
    part.length = 0
    part.push(start)
    seen[start] = 1
    let solid = 0
    for (let k = 0; k < part.length; k++) {
      const p = part[k]
      if (data[p] >= INSIDE) solid++
      const x = p % width
      const visit = (q: number) => {
        if (seen[q] || data[q] === 0) return
        seen[q] = 1
        part.push(q)
      }
      if (x > 0) visit(p - 1)
      if (x + 1 < width) visit(p + 1)
      if (p >= width) visit(p - width)
      if (p + width < data.length) visit(p + width)
    }
    if (solid < size) for (const p of part) out.data[p] = 0
  }
  return out
}
