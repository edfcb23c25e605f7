import { createRgba, type RgbaImage } from './raster'

/** The difference that is drawn white, levels; below it the map goes from black through red and yellow. */
export const FULL_HEAT = 96

/**
 * A heat map of the difference between two pictures of the same size: in each pixel, that of the channel that differs
 * most.
 * @throws RangeError where the sizes differ
 */
export function heatMap(a: RgbaImage, b: RgbaImage): RgbaImage {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError('heatMap: the sizes differ')
  const out = createRgba(a.width, a.height)
  for (let i = 0; i < out.data.length; i += 4) {
    let max = 0
    for (let c = 0; c < 4; c++) max = Math.max(max, Math.abs(a.data[i + c] - b.data[i + c]))
    const heat = Math.min(1, max / FULL_HEAT) * 765
    out.data[i] = heat
    out.data[i + 1] = heat - 255
    out.data[i + 2] = heat - 510
    out.data[i + 3] = 255
  }
  return out
}
