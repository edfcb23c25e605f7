// The level of the pyramid that is worked on: the addresses of its arrays, its size, and the shape of a patch.

export let color: usize = 0
export let valid: usize = 0
export let targets: usize = 0
export let targetAt: usize = 0
export let matches: usize = 0
export let distances: usize = 0
export let placed: usize = 0
export let width: i32 = 0
export let height: i32 = 0
export let radius: i32 = 0
export let targetCount: i32 = 0
/** Of the box: what is kept by pixel of it is as large as the hole needs. */
export let boxWidth: i32 = 0
export let boxHeight: i32 = 0
let boxX: i32 = 0
let boxY: i32 = 0
export let priorScale: f64 = 0
/** What a source costs for each step that `valid` is above 1. */
export let foreignPrice: i32 = 0
/** Which bytes of the two 16-byte loads of a patch's row belong to it. */
export let firstMask: v128 = i32x4(0, 0, 0, 0)
export let secondMask: v128 = i32x4(0, 0, 0, 0)
export let secondAt: i32 = 0
export let hasSecond: bool = false
/** Patches of 9 px: their last column is a load of its own, 20 bytes from the first. */
export let hasThird: bool = false
export const LAST: v128 = i32x4(0, 0, 0, -1)
/** Offsets by which the picture repeats itself: dx and dy of each, and their keys by hash. */
export let pairs: usize = 0
export let pairCount: i32 = 0
export let offsetTable: usize = 0
export let offsetShift: i32 = 0

/**
 * @param r the patch's radius, 1..4 px
 * @param count of targets
 * @param prior cost a squared px of distance between target and source
 * @param foreign cost a step of unlikeness
 */
export function setLevel(
  colorAt: usize,
  validAt: usize,
  targetsAt: usize,
  targetAtAt: usize,
  matchesAt: usize,
  distancesAt: usize,
  placedAt: usize,
  w: i32,
  h: i32,
  r: i32,
  count: i32,
  prior: f64,
  foreign: i32,
): void {
  color = colorAt
  valid = validAt
  targets = targetsAt
  targetAt = targetAtAt
  matches = matchesAt
  distances = distancesAt
  placed = placedAt
  width = w
  height = h
  radius = r
  targetCount = count
  priorScale = prior
  foreignPrice = foreign
  const side = 2 * r + 1
  firstMask = i32x4(-1, side > 1 ? -1 : 0, side > 2 ? -1 : 0, side > 3 ? -1 : 0)
  hasSecond = side > 4
  secondAt = side > 8 ? 16 : 4 * (side - 4)
  hasThird = side > 8
  secondMask = i32x4(side > 7 ? -1 : 0, side > 6 ? -1 : 0, side > 5 ? -1 : 0, side > 4 ? -1 : 0)
}

/** The part of the level that `targetAt` and the arrays of the first guess cover, px. */
export function setBox(x: i32, y: i32, w: i32, h: i32): void {
  boxX = x
  boxY = y
  boxWidth = w
  boxHeight = h
}

/** The index in the box of pixel `p` of the level. */
export function boxIndex(p: i32): i32 {
  const y = p / width
  return boxIndexAt(p - y * width, y)
}

/** The same of the pixel at `x` and `y`. */
export function boxIndexAt(x: i32, y: i32): i32 {
  return (y - boxY) * boxWidth + x - boxX
}

/** The index in the level of pixel `q` of the box. */
export function levelIndex(q: i32): i32 {
  const y = q / boxWidth
  return (y + boxY) * width + q - y * boxWidth + boxX
}

/** @param count of offsets */
export function setOffsets(pairsAt: usize, count: i32, tableAt: usize, shift: i32): void {
  pairs = pairsAt
  pairCount = count
  offsetTable = tableAt
  offsetShift = shift
}

/** Element `i` of an array of i32. */
export function intAt(base: usize, i: i32): i32 {
  return load<i32>(base + ((<usize>i) << 2))
}
