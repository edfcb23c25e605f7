// The same as patchMatch/reconstruct.ts: each pixel of the hole becomes the mean of the patches over it.

import { boxIndex, boxWidth, color, intAt, matches, radius, targets, width } from './level'
import { slot, sums, totals, weightOf, widen } from './votes'

/** Adds the patches of targets `from` to `to` to the sums, which the caller has cleared. */
export function gather(scale: f64, from: i32, to: i32): void {
  const r = radius
  const w = width
  for (let i = from; i < to; i++) {
    const weight = weightOf(i, scale)
    const weights = f32x4.splat(weight)
    const target = intAt(targets, i)
    const source = intAt(matches, i)
    const boxed = boxIndex(target)
    for (let dy = -r; dy <= r; dy++) {
      const row = color + ((source + dy * w) << 2)
      const boxRow = boxed + dy * boxWidth
      for (let dx = -r; dx <= r; dx++) {
        const s = intAt(slot, boxRow + dx)
        if (s < 0) continue
        const c = f32x4.convert_i32x4_s(widen(row + (dx << 2)))
        const at = sums + ((<usize>s) << 4)
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(weights, c)))
        const all = totals + ((<usize>s) << 2)
        store<f32>(all, load<f32>(all) + weight)
      }
    }
  }
}

/** Rounded to 0..255. */
function byte(value: f32): u32 {
  return u32(min<f64>(255, max<f64>(0, Math.floor(f64(value) + 0.5))))
}

/** Turns the votes into the hole's colours. */
export function settle(pixels: usize, holeCount: i32): void {
  for (let s = 0; s < holeCount; s++) {
    const all = load<f32>(totals + ((<usize>s) << 2))
    if (all === 0) continue
    const v = f32x4.div(v128.load(sums + ((<usize>s) << 4)), f32x4.splat(all))
    const c =
      byte(f32x4.extract_lane(v, 0)) |
      (byte(f32x4.extract_lane(v, 1)) << 8) |
      (byte(f32x4.extract_lane(v, 2)) << 16) |
      (byte(f32x4.extract_lane(v, 3)) << 24)
    store<u32>(color + ((<usize>intAt(pixels, s)) << 2), c)
  }
}
