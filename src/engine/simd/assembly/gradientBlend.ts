// The same as patchMatch/gradientBlend.ts: the steps between neighbours, as the matches have them.

import { boxHeight, boxIndex, boxWidth, color, intAt, matches, radius, targetAt, width } from './level'
import { sums, weightAt, widen } from './votes'

/**
 * Writes the mean difference to the pixel `step` further, for the pixels `from` to `to`.
 * @param pixels addresses of their indices in the level
 * @param step 1 or the width
 */
export function differences(pixels: usize, step: i32, from: i32, to: i32): void {
  const r = radius
  const w = width
  // The patch holds both pixels: it is centred a step further at least.
  const firstRow = step === 1 ? -r : 1 - r
  const firstColumn = step === 1 ? 1 - r : -r
  const ahead = (<usize>step) << 2
  for (let s = from; s < to; s++) {
    const q = boxIndex(intAt(pixels, s))
    const y = q / boxWidth
    const x = q - y * boxWidth
    const left = max(firstColumn, -x)
    const span = min(r, boxWidth - 1 - x) - left
    let sum = f32x4.splat(0)
    let all: f32 = 0
    const last = min(r, boxHeight - 1 - y)
    for (let dy = max(firstRow, -y); dy <= last; dy++) {
      const row = targetAt + ((<usize>(q + dy * boxWidth + left)) << 2)
      const shift = dy * w + left
      const first = load<i32>(row)
      if (first >= 0 && load<i32>(row + ((<usize>span) << 2)) - first === span) {
        for (let k = 0; k <= span; k++) {
          const i = (<usize>(first + k)) << 2
          const here = color + ((<usize>(load<i32>(matches + i) - shift - k)) << 2)
          const d = f32x4.convert_i32x4_s(i32x4.sub(widen(here + ahead), widen(here)))
          sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weightAt + i), d))
          all += load<f32>(weightAt + i)
        }
        continue
      }
      for (let k = 0; k <= span; k++) {
        const target = load<i32>(row + ((<usize>k) << 2))
        if (target < 0) continue
        const i = (<usize>target) << 2
        const here = color + ((<usize>(load<i32>(matches + i) - shift - k)) << 2)
        const d = f32x4.convert_i32x4_s(i32x4.sub(widen(here + ahead), widen(here)))
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weightAt + i), d))
        all += load<f32>(weightAt + i)
      }
    }
    v128.store(sums + ((<usize>s) << 4), all === 0 ? sum : f32x4.div(sum, f32x4.splat(all)))
  }
}
