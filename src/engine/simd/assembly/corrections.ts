// The same as patchMatch/corrections.ts: the relaxation towards the wanted steps.

/**
 * Sweeps of successive over-relaxation over the hole's corrections, in place.
 * @param e four f32 a pixel
 * @param around four indices a pixel: left, right, up, down; -1 where there is none
 */
export function relax(
  e: usize,
  wanted: usize,
  around: usize,
  shares: usize,
  count: i32,
  sweeps: i32,
  relaxation: f32,
): void {
  const relaxations = f32x4.splat(relaxation)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let s = 0; s < count; s++) {
      const n = (<usize>s) << 4
      const left = load<i32>(around + n)
      const right = load<i32>(around + n + 4)
      const up = load<i32>(around + n + 8)
      const down = load<i32>(around + n + 12)
      let sum = v128.load(wanted + n)
      if (left >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>left) << 4)))
      if (right >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>right) << 4)))
      if (up >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>up) << 4)))
      if (down >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>down) << 4)))
      const share = v128.load32_splat(shares + ((<usize>s) << 2))
      const old = v128.load(e + n)
      v128.store(e + n, f32x4.add(old, f32x4.mul(relaxations, f32x4.sub(f32x4.mul(sum, share), old))))
    }
  }
}
