import { createRgba, type RgbaImage } from './raster'

/**
 * Scales a picture down by area average, with memory for one row only: each pixel is the mean of what it covers,
 * weighted by alpha.
 * @param width, height px, at most the image's own
 * @returns `image` itself where it has that size
 */
export function scaleDown(image: RgbaImage, width: number, height: number): RgbaImage {
  if (width === image.width && height === image.height) return image
  if (width > image.width || height > image.height) throw new RangeError('scaleDown: the size is larger')
  const out = createRgba(width, height, image.profile)
  const columns = spans(image.width, width)
  const rows = spans(image.height, height)
  const sums = new Float64Array(width * 4)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let from = rows.first[y]; from <= rows.last[y]; from++) {
      addRow(image, from, rows.weight(y, from), columns, sums)
    }
    writeRow(out, y, sums)
  }
  return out
}

/** Which samples each output covers, and how much of each. */
interface Spans {
  readonly first: Int32Array
  readonly last: Int32Array
  /** Share of the output that the sample makes, 0..1. */
  weight(to: number, from: number): number
}

function spans(from: number, to: number): Spans {
  const ratio = from / to
  const first = Int32Array.from({ length: to }, (_, i) => Math.floor(i * ratio + 1e-9))
  const last = Int32Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, Math.ceil((i + 1) * ratio - 1e-9) - 1),
  )
  return {
    first,
    last,
    weight: (i, k) => (Math.min(k + 1, (i + 1) * ratio) - Math.max(k, i * ratio)) / ratio,
  }
}

function addRow(image: RgbaImage, row: number, share: number, columns: Spans, sums: Float64Array): void {
  const { data, width } = image
  const base = row * width * 4
  const { first, last } = columns
  for (let x = 0; x < first.length; x++) {
    for (let k = first[x]; k <= last[x]; k++) {
      const at = base + k * 4
      const weight = columns.weight(x, k) * share
      const alpha = data[at + 3] * weight
      sums[x * 4] += data[at] * alpha
      sums[x * 4 + 1] += data[at + 1] * alpha
      sums[x * 4 + 2] += data[at + 2] * alpha
      sums[x * 4 + 3] += alpha
    }
  }
}

function writeRow(out: RgbaImage, y: number, sums: Float64Array): void {
  const base = y * out.width * 4
  for (let i = 0; i < sums.length; i += 4) {
    const alpha = sums[i + 3]
    if (alpha <= 0) continue
    for (let c = 0; c < 3; c++) out.data[base + i + c] = sums[i + c] / alpha
    out.data[base + i + 3] = alpha
  }
}
