import type { Level } from './level'
import { solveLeastSquares } from './structure/leastSquares'

/** Side of the blocks whose mean colours show how light changes, px. */
const BLOCK = 12
/** The blocks lie within this many px of the hole's bounds, and a quarter of its longer side. */
const MARGIN = 36
const MIN_BLOCKS = 12
/** Light is what most blocks are close to, levels, or a share of its change, */
const MAX_OFF = 4
const MAX_OFF_SHARE = 0.12
/** It bends where a plane leaves this many times the squared error: beyond the known pixels a bend runs away. */
const BENT = 3
const MIN_SHARE = 0.9
/** and what changes by more than this over them, levels: the seam evens out less. */
const MIN_RANGE = 24

/** How light changes slowly over a picture. */
export interface Light {
  /** Writes how much lighter it is at a pixel than in the mean, levels of red, green and blue. */
  changeAt(x: number, y: number, into: Float64Array): void
}

/** Between which a polynomial holds, px. */
interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * Finds the slow change of light around the hole, as a sky or a vignette has it: a polynomial of degree 2 for each channel.
 * @returns null where there is none, or more than that: an edge, another thing
 */
export function lightAround(level: Level, tick: () => void = () => {}): Light | null {
  const bounds = boundsOf(level)
  if (!bounds) return null
  const blocks = blocksIn(level, bounds, tick)
  if (blocks.length < MIN_BLOCKS) return null
  const { left, top, right, bottom } = bounds
  const places = blocks.map(({ x, y }) => [place(x, left, right), place(y, top, bottom)] as const)
  const rows = places.map(([u, v]) => [1, u, v, u * u, u * v, v * v])
  const fit = (count: number) => {
    const cut = rows.map((row) => row.slice(0, count))
    const factors = [0, 1, 2].map((c) =>
      solveLeastSquares(
        cut,
        blocks.map(({ mean }) => mean[c]),
      ),
    )
    let [range, sum] = [0, 0]
    const off = new Float64Array(blocks.length)
    factors.forEach((found, c) => {
      const fitted = places.map(([u, v]) => valueAt(found, u, v))
      range = Math.max(range, Math.max(...fitted) - Math.min(...fitted))
      fitted.forEach((value, k) => {
        const error = Math.abs(value - blocks[k].mean[c])
        off[k] = Math.max(off[k], error)
        sum += error * error
      })
    })
    return { factors, range, off, sum }
  }
  const [flat, bent] = [fit(3), fit(6)]
  const { factors, range, off } = flat.sum <= BENT * bent.sum ? flat : bent
  const close = off.filter((value) => value <= Math.max(MAX_OFF, MAX_OFF_SHARE * range)).length
  return close >= MIN_SHARE * blocks.length && range > MIN_RANGE ? polynomialLight(bounds, factors) : null
}

function polynomialLight(
  { left, top, right, bottom }: Bounds,
  factors: readonly (readonly number[])[],
): Light {
  const middle = factors.map((found) => valueAt(found, 0.5, 0.5))
  // What a column has by itself, and what a row has: pixels share it. Nine terms a column, three a channel.
  const columns = new Float64Array(9 * (right - left + 1))
  for (let k = 0; k < columns.length; k += 9) {
    const u = place(left + k / 9, left, right)
    factors.forEach(([a, b, , d = 0, e = 0], c) => columns.set([a + b * u, d * u * u, e * u], k + 3 * c))
  }
  const row = new Float64Array(6)
  let [at, v] = [-1, 0]
  return {
    changeAt(x, y, into) {
      if (y !== at) {
        at = y
        v = place(y, top, bottom)
        factors.forEach(([, , b, , , f = 0], c) => row.set([b * v, f * v * v], 2 * c))
      }
      const k = 9 * (Math.min(right, Math.max(left, x)) - left)
      into[0] = columns[k] + row[0] + columns[k + 1] + columns[k + 2] * v + row[1] - middle[0]
      into[1] = columns[k + 3] + row[2] + columns[k + 4] + columns[k + 5] * v + row[3] - middle[1]
      into[2] = columns[k + 6] + row[4] + columns[k + 7] + columns[k + 8] * v + row[5] - middle[2]
    },
  }
}

/**
 * Takes the change of light off the known pixels, so that patches fit wherever they come from, or adds it to the hole's.
 * @param sign -1 off the known ones, 1 onto the hole's
 */
export function applyLight(
  { width, height, color, hole, known }: Level,
  light: Light,
  sign: 1 | -1,
  tick: () => void = () => {},
): void {
  const which = sign < 0 ? known : hole
  const changes = new Float64Array(3)
  for (let y = 0; y < height; y++) {
    if ((y & 63) === 63) tick()
    for (let x = 0; x < width; x++) {
      const p = y * width + x
      if (!which[p]) continue
      light.changeAt(x, y, changes)
      const c = color[p]
      color[p] =
        changed(c & 255, sign, changes[0]) |
        (changed((c >>> 8) & 255, sign, changes[1]) << 8) |
        (changed((c >>> 16) & 255, sign, changes[2]) << 16) |
        (c & 0xff000000)
    }
  }
}

function changed(value: number, sign: 1 | -1, change: number): number {
  return Math.min(255, Math.max(0, value + sign * Math.floor(change + 0.5)))
}

/** 0..1 between two bounds; beyond them as at the nearer one, as far as the polynomial holds. */
function place(at: number, from: number, to: number): number {
  return (Math.min(to, Math.max(from, at)) - from) / (to - from)
}

function valueAt([a, b, c, d = 0, e = 0, f = 0]: readonly number[], u: number, v: number): number {
  return a + b * u + c * v + d * u * u + e * u * v + f * v * v
}

/** The hole's bounds with the margin, cut to the picture. */
function boundsOf({ width, height, hole }: Level): Bounds | null {
  const first = hole.indexOf(1)
  if (first < 0) return null
  const [top, bottom] = [Math.floor(first / width), Math.floor(hole.lastIndexOf(1) / width)]
  let [left, right] = [width, -1]
  for (let y = top; y <= bottom; y++) {
    const row = hole.subarray(y * width, (y + 1) * width)
    const x = row.indexOf(1)
    if (x < 0) continue
    left = Math.min(left, x)
    right = Math.max(right, row.lastIndexOf(1))
  }
  const margin = MARGIN + (Math.max(right - left, bottom - top) >> 2)
  const grown = {
    left: Math.max(0, left - margin),
    top: Math.max(0, top - margin),
    right: Math.min(width - 1, right + margin),
    bottom: Math.min(height - 1, bottom + margin),
  }
  return grown.right > grown.left && grown.bottom > grown.top ? grown : null
}

interface Block {
  readonly x: number
  readonly y: number
  readonly mean: readonly number[]
}

/** The blocks that are half known. */
function blocksIn(
  { width, known, color }: Level,
  { left, top, right, bottom }: Bounds,
  tick: () => void,
): Block[] {
  const blocks: Block[] = []
  // A large picture has no more blocks to it than a small one.
  const side = Math.max(BLOCK, Math.ceil(Math.max(right - left, bottom - top) / 40))
  for (let y = top; y + side <= bottom + 1; y += side) {
    tick()
    for (let x = left; x + side <= right + 1; x += side) {
      let [red, green, blue, count] = [0, 0, 0, 0]
      for (let j = y; j < y + side; j++) {
        for (let p = j * width + x; p < j * width + x + side; p++) {
          if (!known[p]) continue
          const c = color[p]
          count++
          red += c & 255
          green += (c >>> 8) & 255
          blue += (c >>> 16) & 255
        }
      }
      if (2 * count < side * side) continue
      const mean = [red / count, green / count, blue / count]
      blocks.push({ x: x + (side - 1) / 2, y: y + (side - 1) / 2, mean })
    }
  }
  return blocks
}
