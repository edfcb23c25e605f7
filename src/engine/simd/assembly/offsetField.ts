// The same as patchMatch/offsetField.ts: the best match of each target.

import {
  boxIndexAt,
  boxWidth,
  color,
  distances,
  firstMask,
  foreignPrice,
  hasSecond,
  hasThird,
  height,
  intAt,
  LAST,
  matches,
  offsetShift,
  offsetTable,
  pairCount,
  pairs,
  placed,
  priorScale,
  radius,
  secondAt,
  secondMask,
  targetAt,
  targetCount,
  targets,
  valid,
  width,
} from './level'
import { below } from './random'
import { squares, total } from './squares'

const HELD: u8 = 2
const REPEAT_PRICE: f64 = 0.2
const OFFERED: i32 = 6

/** What distance costs at an offset, a squared px. */
function priceAt(dx: i32, dy: i32): f64 {
  if (pairCount === 0) return priorScale
  const half = (1 << offsetShift) >> 1
  const key = ((dy + half) >> offsetShift) * 65536 + ((dx + half) >> offsetShift)
  const hash = <i32>(<u32>(key * <i32>0x9e3779b1) >> 22)
  return intAt(offsetTable, hash) === key ? priorScale * REPEAT_PRICE : priorScale
}

/**
 * Squared differences of two whole patches, and the prior for their distance: division is slow, so the caller says it.
 * @param dx, dy from target to source, px
 * @param limit a result at or above it may be less than the cost
 */
function cost(target: i32, source: i32, dx: i32, dy: i32, limit: i32): i32 {
  const prior =
    i32(priceAt(dx, dy) * f64(dx * dx + dy * dy)) + (<i32>load<u8>(valid + source) - 1) * foreignPrice
  if (prior >= limit) return prior
  const r = radius
  const side = 2 * r + 1
  const stride = width << 2
  let a = color + ((target - r * width - r) << 2)
  let b = color + ((source - r * width - r) << 2)
  let sum = i32x4.splat(0)
  for (let row = 0; row < side; row++) {
    sum = i32x4.add(sum, squares(v128.load(a), v128.load(b), firstMask))
    if (hasSecond) sum = i32x4.add(sum, squares(v128.load(a + secondAt), v128.load(b + secondAt), secondMask))
    if (hasThird) sum = i32x4.add(sum, squares(v128.load(a + 20), v128.load(b + 20), LAST))
    a += stride
    b += stride
    // Checked twice: the caller does not use a cost at or above the limit.
    if (row === 2 || row === 4) {
      const so = prior + total(sum)
      if (so >= limit) return so
    }
  }
  return prior + total(sum)
}

/** Computes the cost of the matches of targets `from` to `to`. */
export function refresh(from: i32, to: i32): void {
  const w = width
  for (let i = from; i < to; i++) {
    const p = intAt(targets, i)
    const source = intAt(matches, i)
    const y = p / w
    const dy = source / w - y
    const dx = source - p - dy * w
    store<i32>(distances + ((<usize>i) << 2), cost(p, source, dx, dy, 0x7fffffff))
  }
}

/**
 * Propagation and random search for targets `from` to `to`, counted from the start of the pass.
 * @param direction 1 forwards, -1 backwards
 * @param reach of the first random search, px; it halves; at 0 neighbours alone are asked
 * @param slack how much worse a neighbour's match may be: its own cost over 2 to this power
 */
export function pass(from: i32, to: i32, direction: i32, reach: i32, slack: i32): void {
  const w = width
  const h = height
  const pixels = w * h
  const offered = pairCount > 0 && reach > 0 ? OFFERED : 0
  for (let k = from; k < to; k++) {
    const i = direction > 0 ? k : targetCount - 1 - k
    if (load<u8>(placed + i) === HELD) continue
    const p = intAt(targets, i)
    const x = p % w
    const y = p / w
    let best = intAt(matches, i)
    let bestCost = intAt(distances, i)
    let limit = bestCost + (bestCost >> slack)
    const at = boxIndexAt(x, y)
    for (let axis = 0; axis < 2; axis++) {
      const step = axis === 0 ? direction : direction * w
      const neighbour = intAt(targetAt, at - (axis === 0 ? direction : direction * boxWidth))
      if (neighbour < 0) continue
      const candidate = intAt(matches, neighbour) + step
      if (candidate === best || candidate < 0 || candidate >= pixels || !load<u8>(valid + candidate)) continue
      const dy = candidate / w - y
      const so = cost(p, candidate, candidate - p - dy * w, dy, limit)
      if (so < limit) {
        limit = bestCost = so
        best = candidate
      }
    }
    for (let n = 0; n < offered; n++) {
      const pair = below(pairCount) << 1
      const dx = intAt(pairs, pair)
      const dy = intAt(pairs, pair + 1)
      if (x + dx < 0 || y + dy < 0 || x + dx >= w || y + dy >= h) continue
      const candidate = p + dy * w + dx
      if (candidate === best || !load<u8>(valid + candidate)) continue
      const so = cost(p, candidate, dx, dy, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
      }
    }
    let bestX = best % w
    let bestY = best / w
    for (let r = reach; r >= 1; r >>= 1) {
      const sx = bestX + below(2 * r + 1) - r
      const sy = bestY + below(2 * r + 1) - r
      if (sx < 0 || sy < 0 || sx >= w || sy >= h) continue
      const candidate = sy * w + sx
      if (candidate === best || !load<u8>(valid + candidate)) continue
      const so = cost(p, candidate, sx - x, sy - y, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
        bestX = sx
        bestY = sy
      }
    }
    store<i32>(matches + ((<usize>i) << 2), best)
    store<i32>(distances + ((<usize>i) << 2), bestCost)
  }
}
