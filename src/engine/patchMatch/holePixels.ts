import { mixedRim } from '../../core/image/mixedRim'
import type { RgbaImage } from '../../core/image/raster'
import { indicesOf, type Level } from './level'
import { continueSmoothly } from './membrane'
import type { Reconstruction } from './reconstruct'

/**
 * Makes the finest level. A pixel above 0 in the mask is a hole; a transparent one outside is not a source. What is beside
 * the mask and half of what it covers is filled as well, so that nothing copies or continues it; `writeHole` leaves it as
 * it is.
 */
export function baseLevel(image: RgbaImage, mask: Uint8Array): Level {
  const { width, height, data } = image
  const count = width * height
  const level: Level = {
    width,
    height,
    color: new Int32Array(count),
    hole: new Uint8Array(count),
    known: new Uint8Array(count),
  }
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    if (mask[p] > 0) level.hole[p] = 1
    else if (data[i + 3] > 0) {
      level.known[p] = 1
      level.color[p] = data[i] | (data[i + 1] << 8) | (data[i + 2] << 16)
    }
  }
  for (const p of mixedRim(image, level.hole)) {
    level.hole[p] = 1
    level.known[p] = 0
    level.color[p] = 0
  }
  return level
}

/** Adds the smooth continuation of the ring's error to the hole, so that colours meet and texture stays. */
export function blendSeam({ width, height, color }: Level, reconstruction: Reconstruction): void {
  const { pixels, holeCount } = reconstruction
  const ring: number[] = []
  const off: number[] = []
  reconstruction.forEachSeam((p, red, green, blue) => {
    ring.push(p)
    off.push(red, green, blue)
  })
  const known = { width, height, channels: 3, pixels: Int32Array.from(ring), values: Float32Array.from(off) }
  const holes = pixels.subarray(0, holeCount)
  const add = continueSmoothly(known, holes)
  for (let s = 0; s < holeCount; s++) {
    const c = color[holes[s]]
    color[holes[s]] =
      byte((c & 255) + add[s * 3]) |
      (byte(((c >>> 8) & 255) + add[s * 3 + 1]) << 8) |
      (byte(((c >>> 16) & 255) + add[s * 3 + 2]) << 16) |
      (c & 0xff000000)
  }
}

/** Fills the hole by a smooth continuation of the known pixels: for pictures without a patch to copy. */
export function diffuse({ width, height, hole, known, color }: Level): void {
  const pixels = indicesOf(known)
  const values = new Float32Array(pixels.length * 3)
  pixels.forEach((p, i) => {
    for (let c = 0; c < 3; c++) values[i * 3 + c] = (color[p] >>> (8 * c)) & 255
  })
  const holes = indicesOf(hole)
  const out = continueSmoothly({ width, height, channels: 3, pixels, values }, holes)
  holes.forEach((p, i) => {
    color[p] = byte(out[i * 3]) | (byte(out[i * 3 + 1]) << 8) | (byte(out[i * 3 + 2]) << 16)
  })
}

/** The picture with the hole's colours; alpha in the hole continues that around it. */
export function writeHole(
  image: RgbaImage,
  mask: Uint8Array,
  { width, height, known, color }: Level,
): RgbaImage {
  const data = image.data.slice()
  const holes = indicesOf(mask.map((coverage) => (coverage > 0 ? 1 : 0)))
  for (let i = 0; i < holes.length; i++) {
    const c = color[holes[i]]
    const at = holes[i] * 4
    data[at] = c & 255
    data[at + 1] = (c >>> 8) & 255
    data[at + 2] = (c >>> 16) & 255
    data[at + 3] = 255
  }
  let opaque = true
  for (let p = 0; p < known.length && opaque; p++) if (known[p] && data[p * 4 + 3] !== 255) opaque = false
  if (opaque) return { width, height, data }
  const pixels = indicesOf(known)
  const values = Float32Array.from(pixels, (p) => data[p * 4 + 3])
  const alpha = continueSmoothly({ width, height, channels: 1, pixels, values }, holes)
  holes.forEach((p, i) => {
    data[p * 4 + 3] = byte(alpha[i])
  })
  return { width, height, data }
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
