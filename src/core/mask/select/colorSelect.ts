import { clamp, type ImagePoint } from '../../geometry'
import { createGray, type GrayImage, type RgbaImage } from '../../image/raster'

export interface ColorSelection {
  /** The largest difference to the colour at the point in any channel, 0..255. */
  readonly tolerance: number
  /** True selects only the area connected to the point, false all of the picture. */
  readonly contiguous: boolean
  /** The side of the square around the point whose mean colour counts, px: 1, 3 or 5. */
  readonly sample: number
}

/**
 * Selects the pixels whose colour is like that at a point.
 * @param point image px, inside the image
 * @returns 255 where selected, else 0, of the image's size
 */
export function selectByColor(image: RgbaImage, point: ImagePoint, options: ColorSelection): GrayImage {
  const { width, height, data } = image
  const out = createGray(width, height)
  const x0 = clamp(Math.floor(point.x), 0, width - 1)
  const y0 = clamp(Math.floor(point.y), 0, height - 1)
  const [red, green, blue, alpha] = meanColor(image, x0, y0, options.sample)
  const { tolerance } = options
  const alike = (p: number) => {
    const i = p * 4
    return (
      Math.abs(data[i] - red) <= tolerance &&
      Math.abs(data[i + 1] - green) <= tolerance &&
      Math.abs(data[i + 2] - blue) <= tolerance &&
      Math.abs(data[i + 3] - alpha) <= tolerance
    )
  }
  if (options.contiguous) fillFrom(out, y0 * width + x0, alike)
  else for (let p = 0; p < out.data.length; p++) if (alike(p)) out.data[p] = 255
  return out
}

function meanColor({ width, height, data }: RgbaImage, x0: number, y0: number, sample: number): number[] {
  const reach = sample >> 1
  const sums = [0, 0, 0, 0]
  let count = 0
  for (let y = Math.max(0, y0 - reach); y <= Math.min(height - 1, y0 + reach); y++) {
    for (let x = Math.max(0, x0 - reach); x <= Math.min(width - 1, x0 + reach); x++) {
      for (let c = 0; c < 4; c++) sums[c] += data[(y * width + x) * 4 + c]
      count++
    }
  }
  return sums.map((sum) => Math.round(sum / count))
}

/** Marks the area connected to `start`, 4 neighbours a pixel, by whole runs of a row. */
function fillFrom(out: GrayImage, start: number, alike: (p: number) => boolean): void {
  const { width, data } = out
  const open = (p: number) => data[p] === 0 && alike(p)
  if (!open(start)) return
  const seeds = [start]
  for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
    if (!open(seed)) continue
    const row = seed - (seed % width)
    let left = seed
    while (left > row && open(left - 1)) left--
    let right = seed
    while (right + 1 < row + width && open(right + 1)) right++
    data.fill(255, left, right + 1)
    for (const shift of [-width, width]) {
      let inRun = false
      for (let p = left + shift; p <= right + shift; p++) {
        const free = p >= 0 && p < data.length && open(p)
        if (free && !inRun) seeds.push(p)
        inRun = free
      }
    }
  }
}
