import { freeBytes } from '../../core/freeBytes'
import { indicesOf } from './level'

/** Factor of successive over-relaxation: how far each step goes beyond the average of the neighbours. */
export const RELAXATION = Math.fround(1.7)
/** Sweeps of each level: distant pixels are settled on coarser levels. */
const SWEEPS = 14
const COARSEST_SWEEPS = 60
/** Systems of fewer pixels are not halved. */
const SMALL_ENOUGH = 400

/**
 * One level of the equations for the correction e that makes neighbours differ as the patches voted. For each pixel:
 * (neighbours + hold) e - sum of e around = wanted; on known pixels e is 0. Four floats a pixel, the fourth unused, in
 * single precision, so that SIMD gives the same bytes. A core may move the arrays into memory of its own.
 */
export interface Corrections {
  e: Float32Array<ArrayBuffer>
  wanted: Float32Array<ArrayBuffer>
  /**
   * By pixel: twice the index of its neighbour above among the pixels, or -2 where e is 0 there, and 1 more where the pixel
   * before is its left neighbour; the same of the one below and the right one.
   */
  around: Int32Array<ArrayBuffer>
  /** By pixel: 1 / (neighbours + hold); 0 where it has no neighbours. */
  shares: Float32Array<ArrayBuffer>
}

/** Of which pixels a level of equations is. */
interface System {
  readonly width: number
  readonly height: number
  /** Indices of the pixels, in raster order. */
  readonly pixels: Int32Array<ArrayBuffer>
  /** A pixel's place in `pixels`, or -1. */
  readonly slot: Int32Array<ArrayBuffer>
  /** How firmly each pixel holds its voted colour. */
  readonly hold: number
}

export type Grid = System & Corrections

/** A level whose equations are made when it is solved. */
type Halved = System & Pick<Corrections, 'wanted'>

/** @param tick called every few sweeps */
export type Relax = (level: Corrections, sweeps: number, tick?: () => void) => void

const f = Math.fround

/** The TypeScript solver; works in place. */
export const relax: Relax = ({ e, wanted, around, shares }, sweeps, tick) => {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    tick?.()
    for (let s = 0; s < shares.length; s++) {
      const n = s * 4
      const above = around[2 * s]
      const below = around[2 * s + 1]
      const left = above & 1 ? n - 4 : -1
      const right = below & 1 ? n + 4 : -1
      const up = (above >> 1) * 4
      const down = (below >> 1) * 4
      for (let c = 0; c < 3; c++) {
        let sum = wanted[n + c]
        if (left >= 0) sum = f(sum + e[left + c])
        if (right >= 0) sum = f(sum + e[right + c])
        if (up >= 0) sum = f(sum + e[up + c])
        if (down >= 0) sum = f(sum + e[down + c])
        e[n + c] += f(RELAXATION * f(f(sum * shares[s]) - e[n + c]))
      }
    }
  }
}

/** Room for the equations of so many pixels, from corrections of 0. */
export function correctionsFor(count: number, wanted = new Float32Array(count * 4)): Corrections {
  return {
    e: new Float32Array(count * 4),
    wanted,
    around: new Int32Array(count * 2),
    shares: new Float32Array(count),
  }
}

/** @param hold how firmly each pixel holds its voted colour */
export function systemOf(
  width: number,
  height: number,
  pixels: Int32Array<ArrayBuffer>,
  hold: number,
): System {
  const slot = new Int32Array(width * height).fill(-1)
  for (let s = 0; s < pixels.length; s++) slot[pixels[s]] = s
  return { width, height, pixels, slot, hold }
}

/**
 * Makes a level of equations.
 * @param counts by pixel: 0 or more where it counts as a neighbour (in the system or known), else negative; null where all do
 * @param corrections of the level; what is around and the shares are written
 */
export function gridOf(
  system: System,
  counts: Int32Array | null,
  corrections: Corrections,
  tick: () => void = () => {},
): Grid {
  const { width, pixels, slot, hold } = system
  const { around, shares } = corrections
  tick()
  for (let s = 0; s < pixels.length; s++) {
    const p = pixels[s]
    const x = p % width
    let neighbours = 0
    let [above, below] = [-2, -2]
    if (p >= width && (!counts || counts[p - width] >= 0)) {
      neighbours++
      above = 2 * slot[p - width]
    }
    if (p + width < slot.length && (!counts || counts[p + width] >= 0)) {
      neighbours++
      below = 2 * slot[p + width]
    }
    // Pixels are in raster order: those beside each other follow each other.
    if (x > 0 && (!counts || counts[p - 1] >= 0)) {
      neighbours++
      if (slot[p - 1] >= 0) above++
    }
    if (x + 1 < width && (!counts || counts[p + 1] >= 0)) {
      neighbours++
      if (slot[p + 1] >= 0) below++
    }
    around[2 * s] = above
    around[2 * s + 1] = below
    shares[s] = neighbours > 0 ? 1 / (neighbours + hold) : 0
  }
  // The same object: a core that moves its arrays says so in it.
  return Object.assign(corrections, system)
}

/**
 * Solves coarse to fine, from corrections of 0, each level from the coarser one's answer, so that a deep hole converges like a small one.
 * @see Bornemann and Deuflhard, "The Cascadic Multigrid Method for Elliptic Problems", 1996
 */
export function solveCascade(finest: Grid, solve: Relax, tick: () => void): void {
  const levels: Halved[] = [finest]
  while (levels[levels.length - 1].pixels.length > SMALL_ENOUGH) {
    const next = halve(levels[levels.length - 1], tick)
    tick()
    if (next.pixels.length === 0) break
    levels.push(next)
  }
  // A level's equations are made when the coarser ones are done with: all at once they are a third of the finest.
  let coarse: Grid | null = null
  for (let k = levels.length - 1; k >= 0; k--) {
    const level = levels[k]
    const grid = k === 0 ? finest : gridOf(level, null, correctionsFor(level.pixels.length, level.wanted))
    if (coarse) {
      prolong(coarse, grid)
      freeGrid(coarse)
    }
    solve(grid, coarse ? SWEEPS : COARSEST_SWEEPS)
    coarse = grid
    tick()
  }
}

function freeGrid({ e, wanted, around, shares, slot, pixels }: Grid): void {
  for (const part of [e, wanted, around, shares, slot, pixels]) freeBytes(part)
}

/** Halves a level: its pixels are those whose children are all in the system, with the children's residuals summed. */
function halve(fine: Halved, tick: () => void): Halved {
  const width = (fine.width + 1) >> 1
  const height = (fine.height + 1) >> 1
  const held = new Uint8Array(width * height)
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    held[((p / fine.width) >> 1) * width + ((p % fine.width) >> 1)]++
  }
  tick()
  const children = (q: number) =>
    Math.min(2, fine.width - 2 * (q % width)) * Math.min(2, fine.height - 2 * ((q / width) | 0))
  for (let q = 0; q < held.length; q++) held[q] = held[q] > 0 && held[q] === children(q) ? 1 : 0
  const system = systemOf(width, height, indicesOf(held), fine.hold * 4)
  const wanted = new Float32Array(system.pixels.length * 4)
  tick()
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    const t = system.slot[((p / fine.width) >> 1) * width + ((p % fine.width) >> 1)]
    if (t < 0) continue
    for (let c = 0; c < 3; c++) wanted[t * 4 + c] += fine.wanted[s * 4 + c]
  }
  return { ...system, wanted }
}

/** Starts the finer correction from the coarser one, interpolated between its four nearest cells. */
function prolong(coarse: Grid, fine: Grid): void {
  const { width, height, e: from } = coarse
  for (let s = 0; s < fine.pixels.length; s++) {
    const p = fine.pixels[s]
    const x = p % fine.width
    const y = (p / fine.width) | 0
    const cx = x >> 1
    const cy = y >> 1
    const nx = Math.min(width - 1, Math.max(0, cx + (x & 1 ? 1 : -1)))
    const ny = Math.min(height - 1, Math.max(0, cy + (y & 1 ? 1 : -1)))
    const a = coarse.slot[cy * width + cx] * 4
    const b = coarse.slot[cy * width + nx] * 4
    const d = coarse.slot[ny * width + cx] * 4
    const z = coarse.slot[ny * width + nx] * 4
    for (let c = 0; c < 3; c++) {
      let sum = 0
      if (a >= 0) sum += 9 * from[a + c]
      if (b >= 0) sum += 3 * from[b + c]
      if (d >= 0) sum += 3 * from[d + c]
      if (z >= 0) sum += from[z + c]
      fine.e[s * 4 + c] = sum / 16
    }
  }
}
