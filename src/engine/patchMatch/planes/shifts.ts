import type { Random } from '../../random'
import { dominantOffsets } from '../dominantOffsets'
import { indicesOf, type Level } from '../level'
import { writeTexture } from '../pyramid'
import { colorBetween } from './colorBetween'
import { pixelOf, type Plane, placeOn } from './planes'

/** As many are chosen at most. */
const MAX_SHIFTS = 8
/** What is copied is at most this many times as large as its source, by side, or as small. */
const MAX_SCALE = 2
/** What is turned or scaled by less everywhere is no other than a plain copy. */
const MIN_CHANGE = 0.06
/** A rectified plane has at most as many px, */
const MAX_RECTIFIED = 100_000
/** and this many by side at least. */
const MIN_SIDE = 24
/** Half the side of the patches that tell by what offsets it repeats itself, px. */
const RADIUS = 3
/** A shift is of use that brings this share of the hole. */
const MIN_BROUGHT = 0.15
const SAMPLES = 300

/** A way along a plane: each pixel is copied from what lies further by (du, dv) on it. */
export interface Shift {
  readonly plane: Plane
  readonly du: number
  readonly dv: number
}

const place = { u: 0, v: 0, near: 0 }

/** Writes the source of a pixel. @returns whether it is in front of the viewer, and of a like size */
export function sourceAt(
  { plane, du, dv }: Shift,
  x: number,
  y: number,
  into: { x: number; y: number },
): boolean {
  placeOn(plane, x, y, place)
  const before = place.near
  place.u += du
  place.v += dv
  place.near += du * plane.aw + dv * plane.bw
  if (!(before > 0 && place.near > 0)) return false
  pixelOf(plane, place, into)
  // What is as large as this in the plane has an area in the picture that goes by the third power.
  const ratio = place.near / before
  const area = ratio * ratio * ratio
  return area <= MAX_SCALE * MAX_SCALE && area * MAX_SCALE * MAX_SCALE >= 1
}

/**
 * Finds by what offsets a plane repeats itself, once it is rectified, and chooses those that bring the hole.
 * @see He and Sun, "Statistics of Patch Offsets for Image Completion", 2012
 */
export function dominantShifts(
  level: Level,
  planes: readonly Plane[],
  random: Random,
  tick: () => void,
): Shift[] {
  const shifts = planes.flatMap((plane) => {
    const rectified = rectify(level, plane)
    tick()
    if (!rectified) return []
    writeTexture(rectified.level, 4, tick)
    const [{ pairs }] = dominantOffsets([rectified.level], [RADIUS], random, tick)
    const { step } = rectified
    return Array.from({ length: pairs.length / 2 }, (_, k) => ({
      plane,
      du: pairs[2 * k] * step,
      dv: pairs[2 * k + 1] * step,
    }))
  })
  return mostBringing(level, shifts)
}

/** The known part of a plane as seen straight on, where it is about as large as at the hole. */
function rectify(level: Level, plane: Plane): { readonly level: Level; readonly step: number } | null {
  const { width, height, known } = level
  const at = { u: 0, v: 0, near: 0 }
  const isLikeSize = (near: number) => near * MAX_SCALE > 1 && near < MAX_SCALE
  let [left, right, top, bottom] = [0, 0, 0, 0]
  const stride = Math.max(1, Math.min(width, height) >> 6)
  for (let y = 0; y < height; y += stride)
    for (let x = 0; x < width; x += stride) {
      if (!known[y * width + x]) continue
      placeOn(plane, x, y, at)
      if (!isLikeSize(at.near)) continue
      left = Math.min(left, at.u)
      right = Math.max(right, at.u)
      top = Math.min(top, at.v)
      bottom = Math.max(bottom, at.v)
    }
  const step = Math.max(1, Math.sqrt(((right - left) * (bottom - top)) / MAX_RECTIFIED))
  const [w, h] = [Math.floor((right - left) / step), Math.floor((bottom - top) / step)]
  if (w < MIN_SIDE || h < MIN_SIDE) return null
  const color = new Int32Array(w * h)
  const flags = new Uint8Array(w * h)
  const from = { x: 0, y: 0 }
  for (let j = 0, p = 0; j < h; j++)
    for (let i = 0; i < w; i++, p++) {
      at.u = left + i * step
      at.v = top + j * step
      at.near = 1 + at.u * plane.aw + at.v * plane.bw
      if (!isLikeSize(at.near)) continue
      pixelOf(plane, at, from)
      const found = colorBetween(level, from.x, from.y)
      if (found < 0) continue
      color[p] = found
      flags[p] = 1
    }
  const rectified = { width: w, height: h, color, hole: new Uint8Array(w * h), known: flags, source: flags }
  return { level: rectified, step }
}

/** Chooses shifts one by one that bring most of the hole which those before do not. @param shifts the most frequent first */
function mostBringing(level: Level, shifts: readonly Shift[]): Shift[] {
  const all = indicesOf(level.hole)
  const step = Math.max(1, Math.floor(all.length / SAMPLES))
  const samples = all.filter((_, k) => k % step === 0)
  const left = shifts
    .map((shift) => ({ shift, ...broughtBy(level, shift, samples) }))
    .filter(({ count, change }) => change >= MIN_CHANGE && count >= MIN_BROUGHT * samples.length)
  const times = new Uint8Array(samples.length)
  const chosen: Shift[] = []
  while (chosen.length < MAX_SHIFTS && left.length > 0) {
    let [best, most] = [0, -1]
    left.forEach(({ flags }, k) => {
      let gain = 0
      for (let n = 0; n < flags.length; n++) if (flags[n]) gain += 1 / (1 + times[n])
      // A less frequent one has to bring more.
      gain *= 1 - k / (2 * left.length)
      if (gain > most) [best, most] = [k, gain]
    })
    const [{ shift, flags }] = left.splice(best, 1)
    for (let n = 0; n < flags.length; n++) times[n] += flags[n]
    chosen.push(shift)
  }
  return chosen
}

/** Which pixels have a known source, how many, and by how much it is turned or scaled at most. */
function broughtBy(level: Level, shift: Shift, pixels: Int32Array) {
  const flags = new Uint8Array(pixels.length)
  const [from, beside] = [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ]
  let [count, change] = [0, 0]
  pixels.forEach((p, k) => {
    const [x, y] = [p % level.width, Math.floor(p / level.width)]
    if (!sourceAt(shift, x, y, from) || colorBetween(level, from.x, from.y) < 0) return
    flags[k] = 1
    count++
    for (const [i, j] of [
      [1, 0],
      [0, 1],
    ] as const)
      if (sourceAt(shift, x + i, y + j, beside))
        change = Math.max(change, Math.abs(beside.x - from.x - i), Math.abs(beside.y - from.y - j))
  })
  return { flags, count, change }
}
