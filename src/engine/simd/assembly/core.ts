// The inner loops of the fill engine in AssemblyScript, compiled to WebAssembly with SIMD. Byte for byte the same as
// offsetField.ts, reconstruct.ts and gradientBlend.ts, which say what is done and why; here is only how. The caller puts
// the arrays into memory and passes their addresses to `setLevel` and `setVotes`. Helpers carry no @inline, which no
// TypeScript parser reads on a function: the optimiser inlines them anyway.

let color: usize = 0
let valid: usize = 0
let targets: usize = 0
let targetAt: usize = 0
let matches: usize = 0
let distances: usize = 0
let slot: usize = 0
let sums: usize = 0
let totals: usize = 0
let confidence: usize = 0
let similarity: usize = 0
let width: i32 = 0
let height: i32 = 0
let radius: i32 = 0
let targetCount: i32 = 0
let priorScale: f64 = 0
let state: u32 = 0
/** Which bytes of the two 16-byte loads of a patch's row belong to it. */
let firstMask: v128 = i32x4(0, 0, 0, 0)
let secondMask: v128 = i32x4(0, 0, 0, 0)
let secondAt: i32 = 0
let hasSecond: bool = false

/** The first free address. */
export function heapBase(): usize {
  return __heap_base
}

/**
 * @param r the patch's radius, 1..3 px
 * @param count of targets
 * @param prior cost a squared px of distance between target and source
 */
export function setLevel(
  colorAt: usize,
  validAt: usize,
  targetsAt: usize,
  targetAtAt: usize,
  matchesAt: usize,
  distancesAt: usize,
  w: i32,
  h: i32,
  r: i32,
  count: i32,
  prior: f64,
): void {
  color = colorAt
  valid = validAt
  targets = targetsAt
  targetAt = targetAtAt
  matches = matchesAt
  distances = distancesAt
  width = w
  height = h
  radius = r
  targetCount = count
  priorScale = prior
  const side = 2 * r + 1
  firstMask = i32x4(-1, side > 1 ? -1 : 0, side > 2 ? -1 : 0, side > 3 ? -1 : 0)
  hasSecond = side > 4
  secondAt = 4 * (side - 4)
  secondMask = i32x4(side > 7 ? -1 : 0, side > 6 ? -1 : 0, side > 5 ? -1 : 0, side > 4 ? -1 : 0)
}

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

/** The state of Random in engine/random.ts: it goes in before a call and back after it. */
export function setState(value: u32): void {
  state = value
}

export function getState(): u32 {
  return state
}

/** A whole number in 0..bound-1. */
function below(bound: u32): i32 {
  let x = state
  x ^= x << 13
  x ^= x >> 17
  x ^= x << 5
  state = x
  return i32(x % bound)
}

/** Squared differences of 16 bytes under a mask, in four sums. */
function squares(a: v128, b: v128, mask: v128): v128 {
  const d = v128.and(v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a)), mask)
  const low = i16x8.extend_low_i8x16_u(d)
  const high = i16x8.extend_high_i8x16_u(d)
  return i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high))
}

function total(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  )
}

/**
 * Squared differences of two whole patches, and the prior for their distance.
 * @param limit a result at or above it may be less than the cost
 */
function cost(target: i32, source: i32, limit: i32): i32 {
  const dx = (source % width) - (target % width)
  const dy = source / width - target / width
  const prior = i32(priorScale * f64(dx * dx + dy * dy))
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

/** Element `i` of an array of i32. */
function intAt(base: usize, i: i32): i32 {
  return load<i32>(base + ((<usize>i) << 2))
}

/** Computes the cost of the matches of targets `from` to `to`. */
export function refresh(from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    store<i32>(distances + ((<usize>i) << 2), cost(intAt(targets, i), intAt(matches, i), 0x7fffffff))
  }
}

/**
 * Propagation and random search for targets `from` to `to`, counted from the start of the pass.
 * @param direction 1 forwards, -1 backwards
 * @param reach of the first random search, px; it halves
 */
export function pass(from: i32, to: i32, direction: i32, reach: i32): void {
  const w = width
  const h = height
  const pixels = w * h
  for (let k = from; k < to; k++) {
    const i = direction > 0 ? k : targetCount - 1 - k
    const p = intAt(targets, i)
    let best = intAt(matches, i)
    let bestCost = intAt(distances, i)
    for (let axis = 0; axis < 2; axis++) {
      const step = axis === 0 ? direction : direction * w
      const neighbour = intAt(targetAt, p - step)
      if (neighbour < 0) continue
      const candidate = intAt(matches, neighbour) + step
      if (candidate === best || candidate < 0 || candidate >= pixels || !load<u8>(valid + candidate)) continue
      const so = cost(p, candidate, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
      }
    }
    for (let r = reach; r >= 1; r >>= 1) {
      const x = (best % w) + below(2 * r + 1) - r
      const y = best / w + below(2 * r + 1) - r
      if (x < 0 || y < 0 || x >= w || y >= h) continue
      const candidate = y * w + x
      if (candidate === best || !load<u8>(valid + candidate)) continue
      const so = cost(p, candidate, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
      }
    }
    store<i32>(matches + ((<usize>i) << 2), best)
    store<i32>(distances + ((<usize>i) << 2), bestCost)
  }
}

/**
 * Squared differences over the filled part of the patch around `p`, which may reach over the picture's edge.
 * @param filled -1 or 0 by pixel
 */
function partialCost(p: i32, source: i32, filled: usize, limit: i32): i32 {
  const w = width
  const r = radius
  const x = p % w
  const y = p / w
  if (x >= r && y >= r && x + r < w && y + r < height) {
    const side = 2 * r + 1
    const stride = w << 2
    const start = (p - r * w - r) << 2
    let a = color + start
    let f = filled + start
    let b = color + ((source - r * w - r) << 2)
    let sum = i32x4.splat(0)
    for (let row = 0; row < side; row++) {
      const first = v128.and(firstMask, v128.load(f))
      sum = i32x4.add(sum, squares(v128.load(a), v128.load(b), first))
      if (hasSecond) {
        const second = v128.and(secondMask, v128.load(f + secondAt))
        sum = i32x4.add(sum, squares(v128.load(a + secondAt), v128.load(b + secondAt), second))
      }
      a += stride
      b += stride
      f += stride
      if (row === 2) {
        const so = total(sum)
        if (so >= limit) return so
      }
    }
    return total(sum)
  }
  let sum = 0
  for (let dy = -r; dy <= r && sum < limit; dy++) {
    if (y + dy < 0 || y + dy >= height) continue
    for (let dx = -r; dx <= r; dx++) {
      if (x + dx < 0 || x + dx >= w) continue
      const q = p + dy * w + dx
      if (!intAt(filled, q)) continue
      const a = intAt(color, q)
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
 * @param filled -1 or 0 by pixel
 * @param origin the source of each pixel; -1 where it has none yet
 * @param near random candidates within `reach` px
 * @param far random candidates from everywhere
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
    const p = intAt(front, i)
    const x = p % w
    const y = p / w
    let best = intAt(sources, below(sourceCount))
    let bestCost = partialCost(p, best, filled, 0x7fffffff)
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= w || y + dy >= h) continue
        const from = intAt(origin, p + dy * w + dx)
        if (from < 0) continue
        const candidate = from - dy * w - dx
        if (candidate < 0 || candidate >= pixels || !load<u8>(valid + candidate)) continue
        const so = partialCost(p, candidate, filled, bestCost)
        if (so < bestCost) {
          bestCost = so
          best = candidate
        }
      }
    }
    for (let k = 0; k < near + far; k++) {
      let candidate = 0
      if (k < near) {
        const px = x + below(2 * reach + 1) - reach
        const py = y + below(2 * reach + 1) - reach
        if (px < 0 || py < 0 || px >= w || py >= h) continue
        candidate = py * w + px
        if (!load<u8>(valid + candidate)) continue
      } else candidate = intAt(sources, below(sourceCount))
      const so = partialCost(p, candidate, filled, bestCost)
      if (so < bestCost) {
        bestCost = so
        best = candidate
      }
    }
    store<i32>(origin + ((<usize>p) << 2), best)
    store<i32>(color + ((<usize>p) << 2), intAt(color, best))
  }
}

/** The weight of target `i`: by how similar its match is, and how much is known around it. */
function weightOf(i: i32, scale: f64): f32 {
  const place = i32(min<f64>(1024, f64(intAt(distances, i)) * scale))
  return load<f32>(similarity + ((<usize>place) << 2)) * load<f32>(confidence + ((<usize>i) << 2))
}

/** Four bytes as four i32. */
function widen(pixel: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(pixel)))
}

/** Adds every target's patch to the sums, which the caller has cleared. */
export function gather(scale: f64): void {
  const r = radius
  const w = width
  for (let i = 0; i < targetCount; i++) {
    const weight = weightOf(i, scale)
    const weights = f32x4.splat(weight)
    const target = intAt(targets, i)
    const offset = (intAt(matches, i) - target) << 2
    for (let dy = -r; dy <= r; dy++) {
      const row = target + dy * w
      for (let p = row - r; p <= row + r; p++) {
        const s = intAt(slot, p)
        if (s < 0) continue
        const c = f32x4.convert_i32x4_s(widen(color + (p << 2) + offset))
        const at = sums + ((<usize>s) << 4)
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(weights, c)))
        const all = totals + ((<usize>s) << 2)
        store<f32>(all, load<f32>(all) + weight)
      }
    }
  }
}

/** Rounded to 0..255. */
function byte(value: f32): u32 {
  return u32(min<f64>(255, max<f64>(0, Math.floor(f64(value) + 0.5))))
}

/** Turns the votes into the hole's colours. */
export function settle(pixels: usize, holeCount: i32): void {
  for (let s = 0; s < holeCount; s++) {
    const all = load<f32>(totals + ((<usize>s) << 2))
    if (all === 0) continue
    const v = f32x4.div(v128.load(sums + ((<usize>s) << 4)), f32x4.splat(all))
    const c =
      byte(f32x4.extract_lane(v, 0)) |
      (byte(f32x4.extract_lane(v, 1)) << 8) |
      (byte(f32x4.extract_lane(v, 2)) << 16) |
      (byte(f32x4.extract_lane(v, 3)) << 24)
    store<u32>(color + ((<usize>intAt(pixels, s)) << 2), c)
  }
}

/**
 * Adds the differences to the pixel `step` further to the sums, which the caller has cleared, and divides by the weights.
 * @param step 1 or the width
 */
export function differences(scale: f64, step: i32, slots: i32): void {
  const r = radius
  const w = width
  const lastRow = step === 1 ? r : r - 1
  const lastColumn = step === 1 ? r - 1 : r
  for (let i = 0; i < targetCount; i++) {
    const weight = weightOf(i, scale)
    const weights = f32x4.splat(weight)
    const target = intAt(targets, i)
    const offset = (intAt(matches, i) - target) << 2
    for (let dy = -r; dy <= lastRow; dy++) {
      const row = target + dy * w
      for (let p = row - r; p <= row + lastColumn; p++) {
        const s = intAt(slot, p)
        if (s < 0) continue
        const here = color + (p << 2) + offset
        const d = f32x4.convert_i32x4_s(i32x4.sub(widen(here + (step << 2)), widen(here)))
        const at = sums + ((<usize>s) << 4)
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(weights, d)))
        const all = totals + ((<usize>s) << 2)
        store<f32>(all, load<f32>(all) + weight)
      }
    }
  }
  for (let s = 0; s < slots; s++) {
    const all = load<f32>(totals + ((<usize>s) << 2))
    if (all === 0) continue
    const at = sums + ((<usize>s) << 4)
    v128.store(at, f32x4.div(v128.load(at), f32x4.splat(all)))
  }
}

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
