import type { Level } from '../level'

/** The colour at a place between four pixels, red lowest, without texture; -1 where one of them is not known. */
export function colorBetween({ width, height, known, color }: Level, x: number, y: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (!(left >= 0 && top >= 0 && left + 1 < width && top + 1 < height)) return -1
  const p = top * width + left
  if (!(known[p] & known[p + 1] & known[p + width] & known[p + width + 1])) return -1
  const u = x - left
  const v = y - top
  let out = 0
  for (let shift = 0; shift < 24; shift += 8) {
    const upper = ((color[p] >>> shift) & 255) * (1 - u) + ((color[p + 1] >>> shift) & 255) * u
    const lower =
      ((color[p + width] >>> shift) & 255) * (1 - u) + ((color[p + width + 1] >>> shift) & 255) * u
    out |= Math.floor(upper * (1 - v) + lower * v + 0.5) << shift
  }
  return out
}
