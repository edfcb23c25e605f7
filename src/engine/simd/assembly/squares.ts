// Squared differences of pixels, 16 bytes at a time.

/** Squared differences of 16 bytes under a mask, in four sums. */
export function squares(a: v128, b: v128, mask: v128): v128 {
  const d = v128.and(v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a)), mask)
  const low = i16x8.extend_low_i8x16_u(d)
  const high = i16x8.extend_high_i8x16_u(d)
  return i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high))
}

export function total(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  )
}
