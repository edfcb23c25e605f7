import { createGray, createRgba, type GrayImage, type RgbaImage } from './raster'

/** The difference that is drawn white, levels; below it the map goes from black through red and yellow. */
export const FULL_HEAT = 96

/**
 * A heat map of the difference between two pictures of the same size: in each pixel, that of the channel that differs
 * most, and of the square of pixels that it stands for the greatest.
 * @param side of the square, px: 1 for a map of their size, else one that many times smaller, rounded up
 * @throws RangeError where the sizes differ
 */
export function heatMap(a: RgbaImage, b: RgbaImage, side = 1): RgbaImage {
  const { width, height, data } = greatest(a, b, side)
  const out = createRgba(width, height)
  for (let p = 0, i = 0; p < data.length; p++, i += 4) {
    const heat = Math.min(1, data[p] / FULL_HEAT) * 765
    out.data[i] = heat
    out.data[i + 1] = heat - 255
    out.data[i + 2] = heat - 510
    out.data[i + 3] = 255
  }
  return out
}

/** Of the channels of each square's pixels the greatest difference, levels. */
function greatest(a: RgbaImage, b: RgbaImage, side: number): GrayImage {
  const { width, height } = a
  if (width !== b.width || height !== b.height) throw new RangeError('heatMap: the sizes differ')
  const out = createGray(Math.ceil(width / side), Math.ceil(height / side))
  for (let y = 0, i = 0; y < height; y++) {
    const line = Math.floor(y / side) * out.width
    for (let x = 0; x < width; x++, i += 4) {
      const at = line + Math.floor(x / side)
      for (let k = i; k < i + 4; k++) {
        const off = Math.abs(a.data[k] - b.data[k])
        if (off > out.data[at]) out.data[at] = off
      }
    }
  }
  return out
}
