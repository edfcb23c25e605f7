// What a target's patch is worth where the patches are added up, and the arrays of the sums.

import { distances, intAt } from './level'

export let sums: usize = 0
export let totals: usize = 0
/** By target: what it is worth in the vote that goes on. */
export let weightAt: usize = 0
let confidence: usize = 0
let similarity: usize = 0

/** The arrays that `weigh`, `vote` and `differences` read and write. */
export function setVotes(
  sumsAt: usize,
  totalsAt: usize,
  weightsAt: usize,
  confidenceAt: usize,
  similarityAt: usize,
): void {
  sums = sumsAt
  totals = totalsAt
  weightAt = weightsAt
  confidence = confidenceAt
  similarity = similarityAt
}

/** Weighs targets `from` to `to`: by how similar the match is, and how much is known around. */
export function weigh(scale: f64, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = (<usize>i) << 2
    const place = i32(min<f64>(1024, f64(intAt(distances, i)) * scale))
    store<f32>(weightAt + at, load<f32>(similarity + ((<usize>place) << 2)) * load<f32>(confidence + at))
  }
}

/** Four bytes as four i32. */
export function widen(pixel: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(pixel)))
}
