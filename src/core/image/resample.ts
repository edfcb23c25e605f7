import type { GrayImage, RgbaImage } from './raster'

/** For each output sample its first input sample and `count` weights, which add up to 1. */
interface Kernel {
  readonly first: Int32Array
  readonly count: number
  readonly weights: Float32Array
}

/** Catmull-Rom, a = -1/2. @see Keys, "Cubic convolution interpolation for digital image processing", 1981 */
function cubic(t: number): number {
  const x = t < 0 ? -t : t
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2
  return 0
}

/** Area average when shrinking, bicubic when enlarging. `first` may lie outside the image: `pass` repeats its edge. */
function makeKernel(from: number, to: number): Kernel {
  const ratio = from / to
  const shrinking = ratio > 1
  const count = shrinking ? Math.ceil(ratio) + 1 : 4
  const first = new Int32Array(to)
  const weights = new Float32Array(to * count)
  for (let i = 0; i < to; i++) {
    if (shrinking) {
      const start = i * ratio
      const end = start + ratio
      first[i] = Math.floor(start)
      for (let k = 0; k < count; k++) {
        const low = Math.max(start, first[i] + k)
        const high = Math.min(end, first[i] + k + 1)
        weights[i * count + k] = Math.max(0, high - low) / ratio
      }
    } else {
      const center = (i + 0.5) * ratio - 0.5
      first[i] = Math.floor(center) - 1
      for (let k = 0; k < count; k++) weights[i * count + k] = cubic(center - (first[i] + k))
    }
  }
  return { first, count, weights }
}

/** One separable pass: `channels` interleaved floats, `lines` lines of `from` samples, written transposed. */
function pass(
  input: Float32Array,
  lines: number,
  from: number,
  to: number,
  channels: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(lines * to * channels)
  const { first, count, weights } = makeKernel(from, to)
  for (let line = 0; line < lines; line++) {
    const base = line * from * channels
    for (let i = 0; i < to; i++) {
      const target = (i * lines + line) * channels
      for (let k = 0; k < count; k++) {
        const weight = weights[i * count + k]
        if (weight === 0) continue
        const at = Math.min(from - 1, Math.max(0, first[i] + k))
        const source = base + at * channels
        for (let c = 0; c < channels; c++) out[target + c] += weight * input[source + c]
      }
    }
  }
  return out
}

/**
 * Resamples to width x height px: area average down, bicubic up, each axis on its own. Colours are weighted by alpha,
 * so that hidden colours of transparent pixels do not bleed.
 * @returns `image` itself where it has that size
 */
export function resampleRgba(image: RgbaImage, width: number, height: number): RgbaImage {
  if (width === image.width && height === image.height) return image
  const { data } = image
  const premultiplied = new Float32Array(data.length)
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] / 255
    premultiplied[i] = data[i] * alpha
    premultiplied[i + 1] = data[i + 1] * alpha
    premultiplied[i + 2] = data[i + 2] * alpha
    premultiplied[i + 3] = data[i + 3]!
  }
  const horizontal = pass(premultiplied, image.height, image.width, width, 4)
  const both = pass(horizontal, width, image.height, height, 4)
  const out = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < out.length; i += 4) {
    const alpha = both[i + 3]
    if (alpha <= 0) continue
    const scale = 255 / Math.min(255, alpha)
    out[i] = both[i] * scale
    out[i + 1] = both[i + 1] * scale
    out[i + 2] = both[i + 2] * scale
    out[i + 3] = alpha
  }
  return { ...image, width, height, data: out }
}

/** `resampleRgba` for one channel. @returns `image` itself where it has that size */
export function resampleGray(image: GrayImage, width: number, height: number): GrayImage {
  if (width === image.width && height === image.height) return image
  const horizontal = pass(Float32Array.from(image.data), image.height, image.width, width, 1)
  const both = pass(horizontal, width, image.height, height, 1)
  const out = new Uint8Array(width * height)
  for (let i = 0; i < out.length; i++) out[i] = Math.min(255, Math.max(0, Math.round(both[i])))
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
