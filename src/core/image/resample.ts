import { type Rect, rectOf } from '../geometry'
import type { GrayImage, RgbaImage } from './raster'
import { type Kernel, makeKernel } from './resampleKernel'

/** Values of one row, or of one row of the output, `channels` interleaved. */
type Row = Float32Array<ArrayBuffer>

/** Fills one row of the output's width from one row of the input, px from its corner. */
type RowFilter = (y: number, out: Row) => void

/**
 * Resamples row by row: what is held besides the output are the few filtered rows that one row of it is made of.
 * @param store takes each finished row
 */
function resampleRows(
  filterRow: RowFilter,
  length: number,
  vertical: Kernel,
  store: (y: number, row: Row) => void,
) {
  const { count, taps, weights, held } = vertical
  const rows = new Map<number, Row>()
  const spare: Row[] = []
  const made = new Float32Array(length)
  for (let y = 0; y < taps.length / count; y++) {
    const first = y * count
    const used: Row[] = []
    for (const [at, row] of rows) {
      if (at >= taps[first]) continue
      rows.delete(at)
      spare.push(row)
    }
    made.fill(0)
    for (let k = 0; k < count; k++) {
      const weight = weights[first + k]
      const at = taps[first + k]
      let row = rows.get(at)
      if (!row && (weight !== 0 || held)) {
        row = spare.pop() ?? new Float32Array(length)
        filterRow(at, row)
        rows.set(at, row)
      }
      if (!row) continue
      used.push(row)
      if (weight !== 0) for (let i = 0; i < length; i++) made[i] += weight * row[i]
    }
    if (held) hold(made, used.slice(held.from, held.to))
    store(y, made)
  }
}

/** Brings each value into the range of those at its place. */
function hold(made: Row, [a, b, c, d]: readonly Row[]): void {
  for (let i = 0; i < made.length; i++) {
    const low = Math.min(a[i], b[i], c[i], d[i])
    const high = Math.max(a[i], b[i], c[i], d[i])
    if (made[i] < low) made[i] = low
    else if (made[i] > high) made[i] = high
  }
}

/** Colours weighted by alpha, so that hidden colours of transparent pixels do not bleed. */
function rgbaFilter({ data, width }: RgbaImage, { count, taps, weights, held }: Kernel): RowFilter {
  const near = new Float32Array(4 * count)
  return (y, out) => {
    const start = y * width
    for (let i = 0, t = 0; t < taps.length; i += 4) {
      let red = 0
      let green = 0
      let blue = 0
      let alpha = 0
      for (let k = 0; k < count; k++, t++) {
        const at = (start + taps[t]) * 4
        const a = data[at + 3]
        const weight = weights[t]
        const share = a === 255 ? 1 : a / 255
        if (held) {
          for (let c = 0; c < 3; c++) near[c * count + k] = data[at + c] * share
          near[3 * count + k] = a
        }
        red += weight * data[at] * share
        green += weight * data[at + 1] * share
        blue += weight * data[at + 2] * share
        alpha += weight * a
      }
      out[i] = red
      out[i + 1] = green
      out[i + 2] = blue
      out[i + 3] = alpha
      if (held) for (let c = 0; c < 4; c++) out[i + c] = heldWithin(out[i + c], near, c * count, held)
    }
  }
}

function grayFilter({ data, width }: GrayImage, { count, taps, weights, held }: Kernel): RowFilter {
  const near = new Float32Array(count)
  return (y, out) => {
    const start = y * width
    for (let i = 0, t = 0; t < taps.length; i++) {
      let sum = 0
      for (let k = 0; k < count; k++, t++) {
        near[k] = data[start + taps[t]]
        sum += weights[t] * near[k]
      }
      out[i] = held ? heldWithin(sum, near, 0, held) : sum
    }
  }
}

function heldWithin(value: number, near: Row, at: number, { from, to }: NonNullable<Kernel['held']>): number {
  let low = Infinity
  let high = -Infinity
  for (let k = at + from; k < at + to; k++) {
    if (near[k] < low) low = near[k]
    if (near[k] > high) high = near[k]
  }
  return value < low ? low : value > high ? high : value
}

/**
 * Resamples a part of an image to width x height px: area average down, Lanczos-3 up with its ringing held, each axis on
 * its own. Colours are weighted by alpha.
 * @param area px of the image, may be fractional; beyond the image its edge pixels repeat
 */
export function resampleArea(image: RgbaImage, area: Rect, width: number, height: number): RgbaImage {
  const filterRow = rgbaFilter(image, makeKernel(image.width, area.x, area.width, width))
  const out = new Uint8ClampedArray(width * height * 4)
  resampleRows(filterRow, width * 4, makeKernel(image.height, area.y, area.height, height), (y, row) => {
    for (let i = 0, o = y * width * 4; i < row.length; i += 4, o += 4) {
      const alpha = row[i + 3]
      if (alpha <= 0) continue
      const scale = 255 / Math.min(255, alpha)
      out[o] = row[i] * scale
      out[o + 1] = row[i + 1] * scale
      out[o + 2] = row[i + 2] * scale
      out[o + 3] = alpha
    }
  })
  return { ...image, width, height, data: out }
}

/** `resampleArea` of all of the image. @returns `image` itself where it has that size */
export function resampleRgba(image: RgbaImage, width: number, height: number): RgbaImage {
  return width === image.width && height === image.height
    ? image
    : resampleArea(image, rectOf(image), width, height)
}

/** `resampleRgba` for one channel. @returns `image` itself where it has that size */
export function resampleGray(image: GrayImage, width: number, height: number): GrayImage {
  if (width === image.width && height === image.height) return image
  const filterRow = grayFilter(image, makeKernel(image.width, 0, image.width, width))
  const out = new Uint8Array(width * height)
  resampleRows(filterRow, width, makeKernel(image.height, 0, image.height, height), (y, row) => {
    for (let x = 0; x < width; x++) out[y * width + x] = Math.min(255, Math.max(0, Math.round(row[x])))
  })
  return { width, height, data: out }
}

/**
 * Covers width x height px with an image: scaled by one factor, centred, the overhang cut off.
 * @returns the image, and whether more than a rounding error was cut off
 */
export function coverRgba(
  image: RgbaImage,
  width: number,
  height: number,
): { image: RgbaImage; cut: boolean } {
  const factor = Math.max(width / image.width, height / image.height)
  const scaledWidth = Math.round(image.width * factor)
  const scaledHeight = Math.round(image.height * factor)
  // An overhang below two pixels comes from rounding the region's sides: stretch instead of cutting.
  if (scaledWidth - width < 2 && scaledHeight - height < 2) {
    return { image: resampleRgba(image, width, height), cut: false }
  }
  const scaled = resampleRgba(image, Math.max(width, scaledWidth), Math.max(height, scaledHeight))
  const left = Math.floor((scaled.width - width) / 2)
  const top = Math.floor((scaled.height - height) / 2)
  const out = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * scaled.width + left) * 4
    out.set(scaled.data.subarray(from, from + width * 4), y * width * 4)
  }
  return { image: { ...image, width, height, data: out }, cut: true }
}
