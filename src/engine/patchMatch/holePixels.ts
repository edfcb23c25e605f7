import { mixedRim } from '../../core/image/mixedRim'
import { restsBeside } from '../../core/image/restsBeside'
import { freeBytes } from '../../core/freeBytes'
import type { RgbaImage } from '../../core/image/raster'
import { MIN_SAMPLED } from '../../core/image/samplingArea'
import { boxed } from './boxed'
import type { HolePart } from './holePart'
import { indicesOf, type Level, levelIndex } from './level'
import { continueSmoothly, FieldRows, smoothField } from '../../core/image/membrane'
import type { Reconstruction } from './reconstruct'
import { isLight, matteFor } from './transparency'

/** Pixels between two ticks, less one. */
const TICK_MASK = 2 ** 16 - 1

/**
 * Makes the finest level. A pixel above 0 in the mask is a hole; transparent ones outside share one colour. What is beside
 * the mask and half of what it covers is filled as well, so that nothing copies or continues it; `writeHole` leaves it as
 * it is.
 * @param sources the sampling area, 0..255; left out, all may be copied
 */
export function baseLevel(
  image: RgbaImage,
  mask: Uint8Array,
  sources?: Uint8Array,
  tick: () => void = () => {},
): Level {
  const { width, height, data } = image
  const count = width * height
  const known = new Uint8Array(count)
  const level: Level = {
    width,
    height,
    color: new Int32Array(count),
    hole: new Uint8Array(count),
    known,
    source: sources ? new Uint8Array(count) : known,
  }
  const clear: number[] = []
  for (let p = 0, i = 0; p < count; p++, i += 4) {
    if ((p & TICK_MASK) === TICK_MASK) tick()
    if (mask[p] > 0) level.hole[p] = 1
    else {
      known[p] = 1
      if (sources && sources[p] > MIN_SAMPLED) level.source[p] = 1
      level.color[p] = data[i] | (data[i + 1] << 8) | (data[i + 2] << 16)
      if (data[i + 3] === 0) clear.push(p)
    }
  }
  tick()
  if (clear.length > 0) {
    const matte = matteFor(image, known)
    for (const p of clear) level.color[p] = matte
  }
  const takeIn = (pixels: readonly number[]) => {
    tick()
    for (const p of pixels) {
      level.hole[p] = 1
      known[p] = 0
      level.source[p] = 0
      level.color[p] = 0
    }
  }
  takeIn(restsBeside(image, level.hole, tick))
  takeIn(mixedRim(image, level.hole, tick))
  return level
}

/**
 * Adds the smooth continuation of the ring's error to the hole, so that colours meet and texture stays. Where an edge of
 * the hole lies beside its place the error is no matter of light, and would run into the hole as a stain.
 */
export function blendSeam({ width, color }: Level, reconstruction: Reconstruction): void {
  const { pixels, holeCount, tick } = reconstruction
  const ring: number[] = []
  const off: number[] = []
  reconstruction.forEachSeam((p, red, green, blue) => {
    if (!isLight(red, green, blue)) return
    ring.push(p)
    off.push(red, green, blue)
  })
  const holes = pixels.subarray(0, holeCount)
  const all = new Int32Array(holeCount + ring.length)
  all.set(holes)
  all.set(ring, holeCount)
  const box = boxed(all, width)
  freeBytes(all)
  const known = {
    ...box,
    channels: 3,
    pixels: box.pixels.subarray(holeCount),
    values: Float32Array.from(off),
  }
  tick()
  const rows = new FieldRows(smoothField(known))
  const add = new Float32Array(3)
  let row = -1
  for (let s = 0; s < holeCount; s++) {
    if ((s & TICK_MASK) === TICK_MASK) tick()
    const y = (box.pixels[s] / box.width) | 0
    if (y !== row) rows.moveTo((row = y))
    rows.read(box.pixels[s] - y * box.width, add, 0)
    const c = color[holes[s]]
    color[holes[s]] =
      byte((c & 255) + add[0]) |
      (byte(((c >>> 8) & 255) + add[1]) << 8) |
      (byte(((c >>> 16) & 255) + add[2]) << 16) |
      (c & 0xff000000)
  }
  freeBytes(box.pixels)
}

/** Fills the hole by a smooth continuation of the pixels around it: for pictures without a patch to copy. */
export function diffuse(image: RgbaImage, mask: Uint8Array, { hole, known }: Level): RgbaImage {
  const data = image.data.slice()
  const holes = indicesOf(hole)
  const around = indicesOf(known)
  const into = (channels: readonly number[], pixels: Int32Array) => {
    const values = new Float32Array(pixels.length * channels.length)
    pixels.forEach((p, i) => {
      channels.forEach((c, k) => (values[i * channels.length + k] = image.data[p * 4 + c]))
    })
    const out = continueSmoothly({ ...image, channels: channels.length, pixels, values }, holes)
    holes.forEach((p, i) => {
      if (mask[p]) channels.forEach((c, k) => (data[p * 4 + c] = byte(out[i * channels.length + k])))
    })
  }
  // Colour under alpha 0 has no say.
  into(
    [0, 1, 2],
    around.filter((p) => image.data[p * 4 + 3] > 0),
  )
  into([3], around)
  return { ...image, data }
}

/** Gives a part's hole the level's colours, opaque, in place. */
export function writeHole({ image: { data }, mask, at }: HolePart, { width, color }: Level): void {
  for (let p = 0; p < mask.data.length; p++) {
    if (!mask.data[p]) continue
    const c = color[levelIndex(at, width, p)]
    data[p * 4] = c & 255
    data[p * 4 + 1] = (c >>> 8) & 255
    data[p * 4 + 2] = (c >>> 16) & 255
    data[p * 4 + 3] = 255
  }
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
