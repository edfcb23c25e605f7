import type { GrayImage } from '../image/raster'

/** A pixel that is looked for in another picture. */
export interface Sample {
  readonly x: number
  readonly y: number
  readonly value: number
}

/** Share of the samples that have to lie in the other picture. */
const MIN_SHARE = 0.35
/** Below this the samples are one tone, levels: nothing to recognise. */
const MIN_DEVIATION = 1.5

/**
 * Pixels spread over a picture where its mask is empty.
 * @param coverage of the picture's size; null where all of it counts
 * @param count at most about this many
 */
export function samplesOf(picture: GrayImage, coverage: GrayImage | null, count: number): Sample[] {
  const { width, height, data } = picture
  const step = Math.max(1, Math.sqrt((width * height) / count))
  const samples: Sample[] = []
  for (let row = 0; row * step < height; row++) {
    // Each row begins elsewhere: a regular pattern would be met in one phase only.
    for (let at = ((row * 0.618) % 1) * step; at < width; at += step) {
      const x = Math.floor(at)
      const y = Math.floor(row * step)
      const p = y * width + x
      if (!coverage || coverage.data[p] === 0) samples.push({ x, y, value: data[p] })
    }
  }
  return samples
}

/**
 * How alike samples are to a picture in which they lie moved by (dx, dy), whatever its brightness and contrast.
 * @returns Pearson's coefficient, -1..1; -1 where too few lie in the picture, or it has one tone there
 */
export function correlation(
  samples: readonly Sample[],
  { width, height, data }: GrayImage,
  dx: number,
  dy: number,
): number {
  const offsetX = Math.round(dx)
  const offsetY = Math.round(dy)
  let count = 0
  let sumA = 0
  let sumB = 0
  let sumAA = 0
  let sumBB = 0
  let sumAB = 0
  for (const sample of samples) {
    const x = sample.x + offsetX
    const y = sample.y + offsetY
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const a = sample.value
    const b = data[y * width + x]
    count++
    sumA += a
    sumB += b
    sumAA += a * a
    sumBB += b * b
    sumAB += a * b
  }
  if (count < 24 || count < MIN_SHARE * samples.length) return -1
  const varianceA = sumAA / count - (sumA / count) ** 2
  const varianceB = sumBB / count - (sumB / count) ** 2
  if (Math.min(varianceA, varianceB) < MIN_DEVIATION ** 2) return -1
  return (sumAB / count - (sumA / count) * (sumB / count)) / Math.sqrt(varianceA * varianceB)
}
