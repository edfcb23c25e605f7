import type { GrayImage } from './raster'

/**
 * The pixels without coverage whose centre lies at most `width` + 1/2 px from that of a covered one. Runs of a row that
 * meet once widened are drawn as one, so the cost does not grow with specks.
 * @param width whole px
 * @returns their indices, ascending
 */
export function ringPixels(coverage: GrayImage, width: number): Int32Array {
  const { data } = coverage
  const near = nearCoverage(coverage, width)
  let count = 0
  for (let p = 0; p < data.length; p++) {
    if (data[p] > 0) near[p] = 0
    else count += near[p]
  }
  const pixels = new Int32Array(count)
  for (let p = 0, k = 0; k < count; p++) if (near[p] === 1) pixels[k++] = p
  return pixels
}

/** 1 at each pixel in reach of coverage. */
function nearCoverage({ width, height, data }: GrayImage, reach: number): Uint8Array {
  const near = new Uint8Array(width * height)
  const ends = new Int32Array(width + 2)
  for (let y = 0; y < height; y++) {
    const count = findRuns(data.subarray(y * width, (y + 1) * width), ends)
    if (count === 0) continue
    for (let dy = -reach; dy <= reach; dy++) {
      if (y + dy < 0 || y + dy >= height) continue
      const line = (y + dy) * width
      const by = Math.floor(Math.sqrt((reach + 0.5) ** 2 - dy * dy))
      for (let i = 0; i < count; i += 2) {
        const start = Math.max(0, ends[i] - by)
        while (i + 2 < count && ends[i + 2] - ends[i + 1] <= 2 * by) i += 2
        near.fill(1, line + start, line + Math.min(width, ends[i + 1] + by))
      }
    }
  }
  return near
}

/** Writes where the covered runs of a row start and end. @returns how many numbers that are */
function findRuns(row: Uint8Array, ends: Int32Array): number {
  let count = 0
  for (let x = 0, before = false; x < row.length; x++) {
    const covered = row[x] > 0
    if (covered !== before) ends[count++] = x
    before = covered
  }
  if (count % 2 === 1) ends[count++] = row.length
  return count
}
