// What a target's patch is worth where the patches are added up, and the arrays of the sums.

import { distances, intAt } from './level'

export let slot: usize = 0
export let sums: usize = 0
export let totals: usize = 0
let confidence: usize = 0
let similarity: usize = 0

/** The arrays that `gather`, `settle` and `differences` read and write. */
export function setVotes(
  slotAt: usize,
  sumsAt: usize,
  totalsAt: usize,
  confidenceAt: usize,
  similarityAt: usize,
): void {
  slot = slotAt
  sums = sumsAt
  totals = totalsAt
  confidence = confidenceAt
  similarity = similarityAt
}

/** The weight of target `i`: by how similar its match is, and how much is known around it. */
export function weightOf(i: i32, scale: f64): f32 {
  const place = i32(min<f64>(1024, f64(intAt(distances, i)) * scale))
  return load<f32>(similarity + ((<usize>place) << 2)) * load<f32>(confidence + ((<usize>i) << 2))
}

/** Four bytes as four i32. */
export function widen(pixel: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(pixel)))
}
