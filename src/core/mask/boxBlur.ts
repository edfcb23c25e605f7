import { createGray, type GrayImage } from '../image/raster'

/**
 * The mean over a square of 2 radius + 1 px, rows then columns, each rounded; the ends repeat. Whole numbers only, so
 * that every browser makes the same bytes.
 */
export function boxBlur(image: GrayImage, radius: number): GrayImage {
  return blurColumns(blurRows(image, radius), radius)
}

function blurRows({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(width, height)
  const span = 2 * radius + 1
  const half = span >> 1
  // (n + 0.5) / span rounds down to n / span, exactly: half a unit keeps the product away from whole numbers.
  const inverse = 1 / span
  for (let y = 0; y < height; y++) {
    const line = y * width
    const end = line + width - 1
    let sum = 0
    for (let x = -radius; x <= radius; x++) sum += data[line + Math.min(width - 1, Math.max(0, x))]
    const left = Math.min(end + 1, line + radius)
    const right = Math.max(left, end - radius)
    let i = line
    for (; i < left; i++) {
      out.data[i] = ((sum + half + 0.5) * inverse) | 0
      sum += data[Math.min(end, i + radius + 1)] - data[line]
    }
    for (; i < right; i++) {
      out.data[i] = ((sum + half + 0.5) * inverse) | 0
      sum += data[i + radius + 1] - data[i - radius]
    }
    for (; i <= end; i++) {
      out.data[i] = ((sum + half + 0.5) * inverse) | 0
      sum += data[end] - data[Math.max(line, i - radius)]
    }
  }
  return out
}

/** One running sum a column, row by row: memory is read in its order. */
function blurColumns({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(width, height)
  const span = 2 * radius + 1
  const half = span >> 1
  // (n + 0.5) / span rounds down to n / span, exactly: half a unit keeps the product away from whole numbers.
  const inverse = 1 / span
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
      out.data[line + x] = ((sums[x] + half + 0.5) * inverse) | 0
      sums[x] += data[head + x] - data[tail + x]
    }
  }
  return out
}
