// The same as patchMatch/gradientBlend.ts: the steps between neighbours, as the matches have them.

import { boxIndex, boxWidth, color, intAt, matches, radius, targets, width } from './level'
import { slot, sums, totals, weightOf, widen } from './votes'

/**
 * Adds the differences to the pixel `step` further, of targets `from` to `to`, to the sums, which the caller has cleared.
 * @param step 1 or the width
 */
export function differences(scale: f64, step: i32, from: i32, to: i32): void {
  const r = radius
  const w = width
  const lastRow = step === 1 ? r : r - 1
  const lastColumn = step === 1 ? r - 1 : r
  for (let i = from; i < to; i++) {
    const weight = weightOf(i, scale)
    const weights = f32x4.splat(weight)
    const target = intAt(targets, i)
    const source = intAt(matches, i)
    const boxed = boxIndex(target)
    for (let dy = -r; dy <= lastRow; dy++) {
      const row = color + ((source + dy * w) << 2)
      const boxRow = boxed + dy * boxWidth
      for (let dx = -r; dx <= lastColumn; dx++) {
        const s = intAt(slot, boxRow + dx)
        if (s < 0) continue
        const here = row + (dx << 2)
        const d = f32x4.convert_i32x4_s(i32x4.sub(widen(here + (step << 2)), widen(here)))
        const at = sums + ((<usize>s) << 4)
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(weights, d)))
        const all = totals + ((<usize>s) << 2)
        store<f32>(all, load<f32>(all) + weight)
      }
    }
  }
}

/** Divides the sums by the weights. */
export function average(slots: i32): void {
  for (let s = 0; s < slots; s++) {
    const all = load<f32>(totals + ((<usize>s) << 2))
    if (all === 0) continue
    const at = sums + ((<usize>s) << 4)
    v128.store(at, f32x4.div(v128.load(at), f32x4.splat(all)))
  }
}
