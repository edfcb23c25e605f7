// The same as patchMatch/reconstruct.ts: each pixel of the hole becomes the mean of what the patches over it say. A pixel
// asks them in the order in which the script adds them up, so that the sums are the same.

import { boxHeight, boxIndex, boxWidth, color, intAt, matches, radius, targetAt, width } from './level'
import { sums, totals, weightAt, widen } from './votes'

/** Rounded to 0..255. */
function byte(value: f32): u32 {
  return u32(min<f64>(255, max<f64>(0, Math.floor(f64(value) + 0.5))))
}

/**
 * Votes for the pixels `from` to `to`: those of the hole get their colour, those of the ring keep their sums.
 * @param pixels addresses of their indices in the level
 * @param holeCount how many of the first are the hole's
 */
export function vote(pixels: usize, holeCount: i32, from: i32, to: i32): void {
  const r = radius
  const w = width
  for (let s = from; s < to; s++) {
    const p = intAt(pixels, s)
    const q = boxIndex(p)
    const y = q / boxWidth
    const x = q - y * boxWidth
    const left = max(-r, -x)
    const span = min(r, boxWidth - 1 - x) - left
    let sum = f32x4.splat(0)
    let all: f32 = 0
    const last = min(r, boxHeight - 1 - y)
    for (let dy = max(-r, -y); dy <= last; dy++) {
      const row = targetAt + ((<usize>(q + dy * boxWidth + left)) << 2)
      const shift = dy * w + left
      const first = load<i32>(row)
      // Mostly they follow each other.
      if (first >= 0 && load<i32>(row + ((<usize>span) << 2)) - first === span) {
        for (let k = 0; k <= span; k++) {
          const i = (<usize>(first + k)) << 2
          const c = f32x4.convert_i32x4_s(widen(color + ((<usize>(load<i32>(matches + i) - shift - k)) << 2)))
          const weights = v128.load32_splat(weightAt + i)
          sum = f32x4.add(sum, f32x4.mul(weights, c))
          all += load<f32>(weightAt + i)
        }
        continue
      }
      for (let k = 0; k <= span; k++) {
        const target = load<i32>(row + ((<usize>k) << 2))
        if (target < 0) continue
        const i = (<usize>target) << 2
        const c = f32x4.convert_i32x4_s(widen(color + ((<usize>(load<i32>(matches + i) - shift - k)) << 2)))
        const weights = v128.load32_splat(weightAt + i)
        sum = f32x4.add(sum, f32x4.mul(weights, c))
        all += load<f32>(weightAt + i)
      }
    }
    if (s >= holeCount) {
      v128.store(sums + ((<usize>s) << 4), sum)
      store<f32>(totals + ((<usize>s) << 2), all)
    } else if (all !== 0) {
      const v = f32x4.div(sum, f32x4.splat(all))
      const c =
        byte(f32x4.extract_lane(v, 0)) |
        (byte(f32x4.extract_lane(v, 1)) << 8) |
        (byte(f32x4.extract_lane(v, 2)) << 16) |
        (byte(f32x4.extract_lane(v, 3)) << 24)
      store<u32>(color + ((<usize>p) << 2), c)
    }
  }
}
