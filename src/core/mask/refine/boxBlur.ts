import { createGray, type GrayImage } from '../../image/raster'

/**
 * The mean over a square of 2 radius + 1 px, rows then columns, each rounded; edge pixels repeat. Integers only, so that
 * every browser makes the same bytes.
 */
export function boxBlur(image: GrayImage, radius: number): GrayImage {
  return blurColumns(blurRows(image, radius), radius)
}

/**
 * The factor by which n / span, rounded down, becomes a multiplication and a shift by 24 bits: exact for n up to
 * 256 span where span <= 255, and the product stays within 32 bits.
 */
function inverseOf(span: number): number {
  return Math.ceil(2 ** 24 / span)
}

function blurRows({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(width, height)
  const span = 2 * radius + 1
  const half = span >> 1
  const inverse = inverseOf(span)
  for (let y = 0; y < height; y++) {
    const line = y * width
    const end = line + width - 1
    let sum = 0
    for (let x = -radius; x <= radius; x++) sum += data[line + Math.min(width - 1, Math.max(0, x))]
    const left = Math.min(end + 1, line + radius)
    const right = Math.max(left, end - radius)
    let i = line
    for (; i < left; i++) {
      out.data[i] = Math.imul(sum + half, inverse) >>> 24
      sum += data[Math.min(end, i + radius + 1)] - data[line]
    }
    for (; i < right; i++) {
      out.data[i] = Math.imul(sum + half, inverse) >>> 24
      sum += data[i + radius + 1] - data[i - radius]
    }
    for (; i <= end; i++) {
      out.data[i] = Math.imul(sum + half, inverse) >>> 24
      sum += data[end] - data[Math.max(line, i - radius)]
    }
  }
  return out
}

/** Keeps one running sum a column and goes row by row, in the order of memory. */
function blurColumns({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(width, height)
  const span = 2 * radius + 1
  const half = span >> 1
  const inverse = inverseOf(span)
  const sums = new Int32Array(width)
  const row = (y: number) => Math.min(height - 1, Math.max(0, y)) * width
  for (let y = -radius; y <= radius; y++) {
    const line = row(y)
    for (let x = 0; x < width; x++) sums[x] += data[line + x]
  }
  for (let y = 0; y < height; y++) {
    const line = y * width
    const head = row(y + radius + 1)
    const tail = row(y - radius)
    for (let x = 0; x < width; x++) {
      out.data[line + x] = Math.imul(sums[x] + half, inverse) >>> 24
      sums[x] += data[head + x] - data[tail + x]
    }
  }
  return out
}
