import type { GrayImage, RgbaImage } from './raster'

/** A mean change up to this may come from a model's encoding alone, levels. */
const NOISE = 10
/** One side has to change by this factor more than the other. */
const CLEARLY = 3
/** One pixel in this many is compared. */
const STRIDE = 7

/**
 * Tells where a result differs from the picture: inside the mask, as asked for, or outside it, which a model does that
 * expects the opposite polarity. All three images have the same size.
 * @returns null where neither is clear
 */
export function changeSide(
  before: RgbaImage,
  after: RgbaImage,
  mask: GrayImage,
): 'inside' | 'outside' | null {
  let inside = 0
  let insideCount = 0
  let outside = 0
  let outsideCount = 0
  for (let p = 0; p < mask.data.length; p += STRIDE) {
    const coverage = mask.data[p]
    if (coverage !== 0 && coverage !== 255) continue
    let change = 0
    for (let i = p * 4; i < p * 4 + 3; i++) change += Math.abs(before.data[i] - after.data[i])
    if (coverage === 255) {
      inside += change / 3
      insideCount++
    } else {
      outside += change / 3
      outsideCount++
    }
  }
  if (insideCount === 0 || outsideCount === 0) return null
  const within = inside / insideCount
  const beyond = outside / outsideCount
  if (within > NOISE && within > CLEARLY * beyond) return 'inside'
  return beyond > NOISE && beyond > CLEARLY * within ? 'outside' : null
}
