// The same as patchMatch/onionPeel.ts: the first guess, ring by ring.

import {
  boxWidth,
  color,
  firstMask,
  foreignPrice,
  hasSecond,
  hasThird,
  height,
  intAt,
  LAST,
  levelIndex,
  pairCount,
  pairs,
  radius,
  secondAt,
  secondMask,
  valid,
  width,
} from './level'
import { below } from './random'
import { squares, total } from './squares'

/**
 * Squared differences over the filled part of the patch around `p`, which may reach over the picture's edge.
 * @param at the pixel in the box
 * @param filled -1 or 0 by pixel of the box
 */
function partialCost(p: i32, at: i32, source: i32, filled: usize, limit: i32): i32 {
  const w = width
  const r = radius
  const price = (<i32>load<u8>(valid + source) - 1) * foreignPrice
  const x = p % w
  const y = p / w
  if (x >= r && y >= r && x + r < w && y + r < height) {
    const side = 2 * r + 1
    const stride = w << 2
    const start = (p - r * w - r) << 2
    let a = color + start
    let f = filled + ((at - r * boxWidth - r) << 2)
    let b = color + ((source - r * w - r) << 2)
    let sum = i32x4.splat(0)
    for (let row = 0; row < side; row++) {
      const first = v128.and(firstMask, v128.load(f))
      sum = i32x4.add(sum, squares(v128.load(a), v128.load(b), first))
      if (hasSecond) {
        const second = v128.and(secondMask, v128.load(f + secondAt))
        sum = i32x4.add(sum, squares(v128.load(a + secondAt), v128.load(b + secondAt), second))
      }
      if (hasThird) {
        const third = v128.and(LAST, v128.load(f + 20))
        sum = i32x4.add(sum, squares(v128.load(a + 20), v128.load(b + 20), third))
      }
      a += stride
      b += stride
      f += boxWidth << 2
      if (row === 2) {
        const so = price + total(sum)
        if (so >= limit) return so
      }
    }
    return price + total(sum)
  }
  let sum = price
  for (let dy = -r; dy <= r && sum < limit; dy++) {
    if (y + dy < 0 || y + dy >= height) continue
    for (let dx = -r; dx <= r; dx++) {
      if (x + dx < 0 || x + dx >= w) continue
      if (!intAt(filled, at + dy * boxWidth + dx)) continue
      const a = intAt(color, p + dy * w + dx)
      const b = intAt(color, source + dy * w + dx)
      for (let shift = 0; shift < 32; shift += 8) {
        const d = ((a >> shift) & 255) - ((b >> shift) & 255)
        sum += d * d
      }
    }
  }
  return sum
}

/**
 * A ring of the first guess: each pixel of the front takes its best source.
 * @param front pixels of the box
 * @param filled -1 or 0 by pixel of the box
 * @param origin by pixel of the box: its source in the level; -1 where it has none yet
 * @param near random candidates within `reach` px
 * @param far random candidates from everywhere, or at offsets by which the picture repeats itself
 */
export function peel(
  front: usize,
  count: i32,
  filled: usize,
  origin: usize,
  sources: usize,
  sourceCount: i32,
  reach: i32,
  near: i32,
  far: i32,
): void {
  const w = width
  const h = height
  const pixels = w * h
  for (let i = 0; i < count; i++) {
    const at = intAt(front, i)
    const p = levelIndex(at)
    const x = p % w
    const y = p / w
    let best = intAt(sources, below(sourceCount))
    let bestCost = partialCost(p, at, best, filled, 0x7fffffff)
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= w || y + dy >= h) continue
        const from = intAt(origin, at + dy * boxWidth + dx)
        if (from < 0) continue
        const candidate = from - dy * w - dx
        if (candidate < 0 || candidate >= pixels || !load<u8>(valid + candidate)) continue
        const so = partialCost(p, at, candidate, filled, bestCost)
        if (so < bestCost) {
          bestCost = so
          best = candidate
        }
      }
    }
    for (let k = 0; k < near + far; k++) {
      let candidate = 0
      if (k >= near && pairCount > 0) {
        const pair = below(pairCount) << 1
        const px = x + intAt(pairs, pair)
        const py = y + intAt(pairs, pair + 1)
        if (px < 0 || py < 0 || px >= w || py >= h) continue
        candidate = py * w + px
        if (!load<u8>(valid + candidate)) continue
      } else if (k < near) {
        const px = x + below(2 * reach + 1) - reach
        const py = y + below(2 * reach + 1) - reach
        if (px < 0 || py < 0 || px >= w || py >= h) continue
        candidate = py * w + px
        if (!load<u8>(valid + candidate)) continue
      } else candidate = intAt(sources, below(sourceCount))
      const so = partialCost(p, at, candidate, filled, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
      }
    }
    store<i32>(origin + ((<usize>at) << 2), best)
    store<i32>(color + ((<usize>p) << 2), intAt(color, best))
  }
}
