import { freeBytes } from '../../core/freeBytes'
import { type Boxed, boxed } from './boxed'
import { boxIndex } from './level'
import { type Corrections, gridOf, type Relax, solveCascade, systemOf } from './corrections'
import type { OffsetField } from './offsetField'
import type { Reconstruction } from './reconstruct'

/**
 * How firmly a pixel holds its voted colour, so that nothing drifts where the voted differences disagree. More where the
 * hole touches known pixels on one side only and the picture's edge on the other.
 */
const HOLD = 0.0002
const HOLD_ONE_SIDED = 0.002
/** A hole is one-sided above this ratio of its pixels on the picture's edge to known pixels around it. */
const MAX_EDGE_RATIO = 0.2
/** A voted difference further than this from the picture's own is an edge and stays as it is, levels. */
const EDGE = 40

/** Gets the voted differences of the slots `from` to `to`, three of four numbers each; they hold until it returns. */
export type VisitDifferences = (from: number, to: number, differences: Float32Array) => void

/**
 * Evens out small steps between patches of different brightness, which show in skies: where the difference of two
 * neighbours is close to the voted one, it becomes the voted one, with the known pixels around as the boundary. Edges
 * and texture stay.
 * @param vote for the differences to the pixel `step` further: 1 or the width
 * @see Perez, Gangnet and Blake, "Poisson Image Editing", 2003
 */
export function blendSteps(
  { level }: OffsetField,
  reconstruction: Reconstruction,
  vote: (step: number, visit: VisitDifferences) => void,
  {
    begin,
    solve,
  }: { readonly begin: (wanted: Float32Array<ArrayBuffer>) => Corrections; readonly solve: Relax },
): void {
  const { pixels, holeCount, tick } = reconstruction
  const { width, rows: height = level.height } = level
  const box = boxed(pixels, width)
  tick()
  const slot = new Int32Array(box.width * box.height).fill(-1)
  for (let s = 0; s < pixels.length; s++) slot[box.pixels[s]] = s
  const ring = pixels.length - holeCount
  const hold =
    edgePixels(pixels.subarray(0, holeCount), width, height) > MAX_EDGE_RATIO * ring ? HOLD_ONE_SIDED : HOLD
  tick()
  const wanted = new Float32Array(holeCount * 4)
  for (const [step, across] of [
    [1, 1],
    [box.width, width],
  ] as const) {
    const { color } = level
    const voted = { color, pixels, holeCount, box, slot }
    vote(across, (from, to, differences) => {
      wish(wanted, voted, step, from, to, differences)
      tick()
    })
  }
  const room = begin(wanted)
  tick()
  const system = gridOf(
    systemOf(box.width, box.height, box.pixels.subarray(0, holeCount), hold),
    slot,
    room,
    tick,
  )
  for (const part of [slot, system.slot]) freeBytes(part)
  tick()
  solveCascade(system, solve, tick)
  const { e } = system
  // Where a core keeps them, solving may have moved them.
  const { color } = level
  const holes = reconstruction.pixels
  for (let s = 0; s < holeCount; s++) {
    if ((s & TICK_MASK) === TICK_MASK) tick()
    const i = s * 4
    const c = color[holes[s]]
    color[holes[s]] =
      byte((c & 255) + e[i]) |
      (byte(((c >>> 8) & 255) + e[i + 1]) << 8) |
      (byte(((c >>> 16) & 255) + e[i + 2]) << 16) |
      (c & 0xff000000)
  }
}

/** @returns the number of hole pixels on the picture's edge */
function edgePixels(holes: Int32Array, width: number, height: number): number {
  let count = 0
  for (let s = 0; s < holes.length; s++) {
    const x = holes[s] % width
    const y = (holes[s] / width) | 0
    if (x === 0 || y === 0 || x + 1 === width || y + 1 === height) count++
  }
  return count
}

/** Pixels between two ticks, less one. */
const TICK_MASK = 65_535

interface Voted {
  readonly color: Int32Array
  /** Hole pixels first, then the ring: in the level, and in a box of their own. */
  readonly pixels: Int32Array
  readonly holeCount: number
  readonly box: Boxed
  /** By pixel of the box: its index in these, or -1. */
  readonly slot: Int32Array
}

/** The slot of the pixel a step further, or -1. @param step in the box: 1 or its width */
function slotAt({ box, slot }: Voted, s: number, step: number): number {
  const p = box.pixels[s]
  if (step === 1 && (p + 1) % box.width === 0) return -1
  return slot[p + step] ?? -1
}

/**
 * Adds the residuals of the voted differences along one axis; where the voted one would remove an edge of the picture or
 * invent one, there is none.
 */
function wish(
  wanted: Float32Array,
  voted: Voted,
  step: number,
  from: number,
  to: number,
  differences: Float32Array,
): void {
  const { color, pixels, holeCount } = voted
  for (let s = from; s < to; s++) {
    const next = slotAt(voted, s, step)
    if (next < 0) continue
    const a = color[pixels[s]]
    const b = color[pixels[next]]
    const n = 4 * (s - from)
    const red = (b & 255) - (a & 255) - differences[n]
    const green = ((b >>> 8) & 255) - ((a >>> 8) & 255) - differences[n + 1]
    const blue = ((b >>> 16) & 255) - ((a >>> 16) & 255) - differences[n + 2]
    if (Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)) > EDGE) continue
    if (s < holeCount) {
      wanted[4 * s] += red
      wanted[4 * s + 1] += green
      wanted[4 * s + 2] += blue
    }
    if (next < holeCount) {
      wanted[4 * next] -= red
      wanted[4 * next + 1] -= green
      wanted[4 * next + 2] -= blue
    }
  }
}

/** By slot the voted difference to the pixel `step` further (1 or the width), by channel. */
export function voteDifferences(
  field: OffsetField,
  reconstruction: Reconstruction,
  sharpness: number,
  step: number,
): Float32Array<ArrayBuffer> {
  const { color, width } = field.level
  const { slot, pixels, box } = reconstruction
  const r = field.radius
  const lastRow = step === 1 ? r : r - 1
  const lastColumn = step === 1 ? r - 1 : r
  const sums = new Float32Array(pixels.length * 4)
  const totals = new Float32Array(pixels.length)
  reconstruction.forEachWeight(sharpness, (target, source, weight) => {
    const at = boxIndex(box, width, target)
    for (let dy = -r; dy <= lastRow; dy++) {
      const row = source + dy * width
      const boxRow = at + dy * box.width
      for (let dx = -r; dx <= lastColumn; dx++) {
        const s = slot[boxRow + dx]
        if (s < 0) continue
        const a = color[row + dx]
        const b = color[row + dx + step]
        sums[s * 4] += Math.fround(weight * ((b & 255) - (a & 255)))
        sums[s * 4 + 1] += Math.fround(weight * (((b >>> 8) & 255) - ((a >>> 8) & 255)))
        sums[s * 4 + 2] += Math.fround(weight * (((b >>> 16) & 255) - ((a >>> 16) & 255)))
        totals[s] += weight
      }
    }
  })
  for (let s = 0; s < totals.length; s++) {
    if (totals[s] === 0) continue
    for (let c = 0; c < 3; c++) sums[s * 4 + c] /= totals[s]
  }
  return sums
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)))
}
