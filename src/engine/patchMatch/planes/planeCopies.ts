import type { Rect } from '../../../core/geometry'
import { freeBytes } from '../../../core/freeBytes'
import { Random } from '../../random'
import { holeBox, holeDepths, type Level } from '../level'
import { halveLevel } from '../pyramid'
import { colorBetween } from './colorBetween'
import { type Plane, planesAround } from './planes'
import { segmentsIn } from './segments'
import { type Shift, dominantShifts, sourceAt } from './shifts'
import { vanishingPoints } from './vanishingPoints'

/** A hole no deeper than this needs no more than what is beside it, px. */
const MIN_DEPTH = 8
/** Lines are looked for in a level of at most this many px. */
const MAX_SEARCHED = 140_000
/** All rows that are added have at most this many px. */
const MAX_PIXELS = 6_000_000
/** A copy shows as much around the hole, px. */
const MARGIN = 32
/** Copies lie at whole pixels of every level: at multiples of a power of two that is this at least, px, */
const MIN_UNIT = 16
/** and as large as the hole's bounds over this. */
const UNITS = 16
/** Rows of a copy between two ticks: a few ms. */
const TICK_ROWS = 32

/** A level with copies of its planes below the picture. */
export interface PlaneCopies {
  readonly level: Level
  /** The way from a pixel to the same one in each copy: dx and dy, px. */
  readonly ways: readonly (readonly [number, number])[]
}

/**
 * Adds copies of the planes that the hole lies in, seen in perspective, as further places to copy from: each shows what
 * is around the hole as moved along its plane by an offset at which the plane repeats itself, so that a brick or a window
 * that comes nearer is larger by as much.
 * @param level its arrays are freed where there are copies
 * @returns null where no plane is found: most pictures
 * @see Huang et al., "Image Completion using Planar Structure Guidance", 2014
 */
export function withPlaneCopies(level: Level, seed: number, tick: () => void): PlaneCopies | null {
  if (!holeDepths(level).some((depth) => depth > MIN_DEPTH)) return null
  const box = withMargin(level)
  const ways = waysToCopies(level, box)
  const planes = ways.length > 0 ? planesIn(level, tick) : []
  if (planes.length === 0) return null
  const shifts = dominantShifts(level, planes, new Random(seed), tick).slice(0, ways.length)
  if (shifts.length === 0) return null
  const used = ways.slice(0, shifts.length)
  const grown = grownTo(level, box.y + box.height + used[used.length - 1][1])
  for (const part of [level.color, level.hole, level.known]) freeBytes(part)
  shifts.forEach((shift, k) => writeCopy(shift, box, grown, used[k], tick))
  return { level: grown, ways: used }
}

/** Finds the planes that the hole lies in. */
export function planesIn(level: Level, tick: () => void): Plane[] {
  let [small, scale] = [level, 1]
  for (; small.color.length > MAX_SEARCHED; scale *= 2) small = halveLevel(small, tick)
  const { width, height } = small
  const segments = segmentsIn(small, tick)
  const centre = { x: width / 2, y: height / 2, reach: Math.max(width, height) / 2 }
  return planesAround(small, vanishingPoints(segments, centre, tick)).map((plane) => enlarged(plane, scale))
}

/** A plane of a level, of one that is so many times as large. */
function enlarged({ origin, ax, ay, aw, bx, by, bw }: Plane, scale: number): Plane {
  const up = (value: number) => (value + 0.5) * scale - 0.5
  return { origin: { x: up(origin.x), y: up(origin.y) }, ax, ay, aw: aw / scale, bx, by, bw: bw / scale }
}

function withMargin(level: Level): Rect {
  const box = holeBox(level)
  const [x, y] = [Math.max(0, box.x - MARGIN), Math.max(0, box.y - MARGIN)]
  return {
    x,
    y,
    width: Math.min(level.width, box.x + box.width + MARGIN) - x,
    height: Math.min(level.height, box.y + box.height + MARGIN) - y,
  }
}

/** The ways to as many copies of a box as there is room for, in rows below the picture. */
function waysToCopies({ width, height }: Level, box: Rect): (readonly [number, number])[] {
  let unit = MIN_UNIT
  while (unit * UNITS < Math.min(box.width, box.height)) unit *= 2
  // Unknown px of the coarsest level lie between copies: no patch has parts of two.
  const gap = 2 * unit
  const stepped = (length: number) => Math.ceil((length + gap) / unit) * unit
  const [stepX, stepY] = [stepped(box.width), stepped(box.height)]
  const left = box.x - (box.x % unit)
  const across = Math.floor((width - box.width - (box.x % unit)) / stepX) + 1
  const down = Math.floor(MAX_PIXELS / (width * stepY))
  const first = stepped(height - box.y)
  return Array.from({ length: across * down }, (_, k) => [
    (k % across) * stepX - left,
    first + Math.floor(k / across) * stepY,
  ])
}

/** The level with more rows below, neither hole nor known. */
function grownTo({ width, height: rows, color, hole, known }: Level, height: number): Level {
  const grown = {
    color: new Int32Array(width * height),
    hole: new Uint8Array(width * height),
    known: new Uint8Array(width * height),
  }
  grown.color.set(color)
  grown.hole.set(hole)
  grown.known.set(known)
  return { width, height, rows, ...grown, source: grown.known }
}

function writeCopy(
  shift: Shift,
  box: Rect,
  into: Level,
  [dx, dy]: readonly [number, number],
  tick: () => void,
): void {
  const from = { x: 0, y: 0 }
  const picture = { ...into, height: into.rows ?? into.height }
  for (let y = box.y; y < box.y + box.height; y++) {
    if (y % TICK_ROWS === 0) tick()
    for (let x = box.x; x < box.x + box.width; x++) {
      if (!sourceAt(shift, x, y, from)) continue
      const color = colorBetween(picture, from.x, from.y)
      if (color < 0) continue
      const p = (y + dy) * into.width + x + dx
      into.color[p] = color
      into.known[p] = 1
    }
  }
}
