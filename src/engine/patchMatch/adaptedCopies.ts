import type { RgbaImage } from '../../core/image/raster'
import type { Adaptation } from '../fillEngine'
import type { Level } from './level'

/** Unknown rows above each copy, px: patches of coarse levels stay within one, too. */
const GAP = 64
/** All copies together are at most this many px: of a large picture they show what is nearest to the hole. */
const MAX_PIXELS = 6_000_000
/** A copy that is wider than the picture is cut into strips that share this many columns, px: no patch is lost. */
const OVERLAP = 32
/** What the scaled copies are of the picture's size. */
const SCALES = [0.8, 1.25] as const

/** From a copy's x and y to the picture's, without the shift. */
interface Turn {
  readonly xx: number
  readonly xy: number
  readonly yx: number
  readonly yy: number
}

const QUARTERS: readonly Turn[] = [
  { xx: 1, xy: 0, yx: 0, yy: 1 },
  { xx: 0, xy: 1, yx: -1, yy: 0 },
  { xx: -1, xy: 0, yx: 0, yy: -1 },
  { xx: 0, xy: -1, yx: 1, yy: 0 },
]

/** A level and, where something in it is transparent, the picture that its colours and alpha are of. */
export interface Sources {
  readonly level: Level
  /** As wide and high as the level. */
  readonly clear: RgbaImage | null
}

/**
 * Adds copies of the known pixels below the picture, mirrored, turned and scaled as asked: further places to copy from,
 * which the search finds as it finds the picture's own. The picture's pixels keep their indices. Alpha goes along with
 * colour, and colour under alpha 0 is mixed into none.
 * @param isCopied scaled copies have no colours but the picture's
 * @returns the same sources where nothing is asked for
 */
export function withAdaptedCopies(
  own: Sources,
  { mirror = false, rotate = false, scale = false }: Partial<Adaptation>,
  isCopied: boolean,
  tick: () => void,
): Sources {
  const { level } = own
  const turns = QUARTERS.slice(0, rotate ? 4 : 1)
    .flatMap((turn) => (mirror ? [turn, { ...turn, xx: -turn.xx, yx: -turn.yx }] : [turn]))
    .slice(1)
  if (scale) for (const by of SCALES) turns.push({ xx: 1 / by, xy: 0, yx: 0, yy: 1 / by })
  if (turns.length === 0) return own
  const { width, height } = level
  const maxRows = Math.max(1, Math.floor(MAX_PIXELS / (2 * turns.length * width)))
  const middle = middleOf(level)
  const copies = turns.flatMap((turn) => stripsOf(turn, level, middle, maxRows))
  const total = copies.reduce((sum, { rows }) => sum + GAP + rows, height)
  const grown = { level: grownTo(level, total), clear: own.clear && grownPicture(own.clear, total) }
  let top = height
  for (const copy of copies) {
    top += GAP
    tick()
    write(own, copy, isCopied, grown, top)
    top += copy.rows
  }
  return grown
}

/** The level with more rows below, neither hole nor known. */
function grownTo(level: Level, height: number): Level {
  const { width } = level
  const bytes = (from: Uint8Array) => {
    const out = new Uint8Array(width * height)
    out.set(from)
    return out
  }
  const color = new Int32Array(width * height)
  color.set(level.color)
  const known = bytes(level.known)
  const source = level.source === level.known ? known : bytes(level.source)
  return { width, height, rows: level.height, color, hole: bytes(level.hole), known, source }
}

function grownPicture({ width, data }: RgbaImage, height: number): RgbaImage {
  const out = new Uint8ClampedArray(width * height * 4)
  out.set(data)
  return { width, height, data: out }
}

/** The middle of the hole's bounds, px. */
function middleOf({ width, hole }: Level): { readonly x: number; readonly y: number } {
  let [left, right] = [width, 0]
  for (let p = 0; p < hole.length; p++) {
    if (!hole[p]) continue
    left = Math.min(left, p % width)
    right = Math.max(right, p % width)
  }
  const y = (Math.floor(hole.indexOf(1) / width) + Math.floor(hole.lastIndexOf(1) / width)) >> 1
  return { x: (left + right) >> 1, y }
}

interface Copy {
  readonly turn: Turn
  readonly columns: number
  readonly rows: number
  /** The picture's pixel that the copy's first one shows. */
  readonly x: number
  readonly y: number
}

/** A copy in strips as wide as the picture: all of it where it has room for its rows, else those around the hole. */
function stripsOf(
  turn: Turn,
  { width, height }: Level,
  middle: { readonly x: number; readonly y: number },
  maxRows: number,
): Copy[] {
  const { xx, xy, yx, yy } = turn
  const [w, h] = [width - 1, height - 1]
  const area = xx * yy - xy * yx
  // From the picture to the copy.
  const across = (x: number, y: number) => (yy * x - xy * y) / area
  const down = (x: number, y: number) => (xx * y - yx * x) / area
  const span = (to: (x: number, y: number) => number) => {
    const corners = [to(0, 0), to(w, 0), to(0, h), to(w, h)]
    return [Math.ceil(Math.min(...corners)), Math.floor(Math.max(...corners))] as const
  }
  const [left, right] = span(across)
  const [highest, lowest] = span(down)
  const rows = Math.min(lowest - highest + 1, maxRows)
  const wanted = Math.round(down(middle.x, middle.y)) - (rows >> 1)
  const top = Math.min(lowest - rows + 1, Math.max(highest, wanted))
  const strips: Copy[] = []
  for (let from = left; from === left || from + OVERLAP <= right; from += Math.max(1, width - OVERLAP)) {
    const columns = Math.min(width, right - from + 1)
    strips.push({ turn, columns, rows, x: xx * from + xy * top, y: yx * from + yy * top })
  }
  return strips
}

function write(
  { level, clear }: Sources,
  { turn, columns, rows, x, y }: Copy,
  isCopied: boolean,
  into: Sources,
  top: number,
): void {
  const { width, height, known, source, color } = level
  const hasSources = source !== known
  for (let j = 0; j < rows; j++) {
    for (let i = 0, to = (top + j) * width; i < columns; i++, to++) {
      const exactX = x + turn.xx * i + turn.xy * j
      const exactY = y + turn.yx * i + turn.yy * j
      const sx = isCopied ? Math.round(exactX) : exactX
      const sy = isCopied ? Math.round(exactY) : exactY
      const [left, up] = [Math.floor(sx), Math.floor(sy)]
      if (left < 0 || up < 0 || left >= width || up >= height) continue
      const p = up * width + left
      const right = sx > left && left + 1 < width ? 1 : 0
      const below = sy > up && up + 1 < height ? width : 0
      if (!known[p] || !known[p + right] || !known[p + below] || !known[p + right + below]) continue
      into.level.known[to] = 1
      if (hasSources)
        into.level.source[to] = source[p] & source[p + right] & source[p + below] & source[p + right + below]
      const cell = { p, right, below, u: sx - left, v: sy - up }
      if (!clear || !into.clear) into.level.color[to] = between(color, cell)
      else if (!mixClear(clear.data, cell, into.clear.data, to)) {
        const nearest = p + (cell.u < 0.5 ? 0 : right) + (cell.v < 0.5 ? 0 : below)
        into.clear.data.set(clear.data.subarray(nearest * 4, nearest * 4 + 4), to * 4)
        into.level.color[to] = color[nearest]
      } else into.level.color[to] = colorAt(into.clear.data, to)
    }
  }
}

/** Where a copy's pixel lies between four of the picture's. */
interface Cell {
  readonly p: number
  /** Steps to the one right of it and to those below; 0 where it lies on the pixel. */
  readonly right: number
  readonly below: number
  /** Shares of the right ones and of those below. */
  readonly u: number
  readonly v: number
}

function between(color: Int32Array, { p, right, below, u, v }: Cell): number {
  let out = 0
  for (let shift = 0; shift < 24; shift += 8) {
    const upper = ((color[p] >>> shift) & 255) * (1 - u) + ((color[p + right] >>> shift) & 255) * u
    const lower =
      ((color[p + below] >>> shift) & 255) * (1 - u) + ((color[p + right + below] >>> shift) & 255) * u
    out |= Math.floor(upper * (1 - v) + lower * v + 0.5) << shift
  }
  return out
}

/** Mixes alpha, and colours by their alpha. @returns false where the mix is transparent: nothing is written then */
function mixClear(
  from: Uint8ClampedArray,
  { p, right, below, u, v }: Cell,
  into: Uint8ClampedArray,
  to: number,
): boolean {
  const mix = (of: (i: number) => number) =>
    (of(p * 4) * (1 - u) + of((p + right) * 4) * u) * (1 - v) +
    (of((p + below) * 4) * (1 - u) + of((p + right + below) * 4) * u) * v
  const alpha = mix((i) => from[i + 3])
  if (alpha < 0.5) return false
  for (let c = 0; c < 3; c++)
    into[to * 4 + c] = Math.floor(mix((i) => from[i + c] * from[i + 3]) / alpha + 0.5)
  into[to * 4 + 3] = Math.floor(alpha + 0.5)
  return true
}

function colorAt(data: Uint8ClampedArray, p: number): number {
  return data[p * 4] | (data[p * 4 + 1] << 8) | (data[p * 4 + 2] << 16)
}
