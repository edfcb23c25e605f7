// The same as patchMatch/corrections.ts: the relaxation towards the wanted steps.

/**
 * Sweeps of successive over-relaxation over the hole's corrections, in place.
 * @param e four f32 a pixel
 * @param around two numbers a pixel, as in Corrections
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
      const above = load<i32>(around + ((<usize>s) << 3))
      const below = load<i32>(around + ((<usize>s) << 3) + 4)
      const up = above >> 1
      const down = below >> 1
      let sum = v128.load(wanted + n)
      if (above & 1) sum = f32x4.add(sum, v128.load(e + n - 16))
      if (below & 1) sum = f32x4.add(sum, v128.load(e + n + 16))
      if (up >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>up) << 4)))
      if (down >= 0) sum = f32x4.add(sum, v128.load(e + ((<usize>down) << 4)))
      const share = v128.load32_splat(shares + ((<usize>s) << 2))
      const old = v128.load(e + n)
      v128.store(e + n, f32x4.add(old, f32x4.mul(relaxations, f32x4.sub(f32x4.mul(sum, share), old))))
    }
  }
}
