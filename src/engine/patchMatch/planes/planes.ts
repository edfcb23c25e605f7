import { type Level, holeBox } from '../level'
import { square } from '../structure/leastSquares'
import type { Point } from '../structure/path'
import type { Segment } from './segments'
import type { Family } from './vanishingPoints'

/**
 * A plane of the scene, seen in perspective. Its homography takes (u, v) to `origin` + (u a + v b) / (1 + u aw + v bw), px,
 * where a and b have length 1: at the origin a step is a pixel, and u and v run along the plane's two families of lines.
 */
export interface Plane {
  readonly origin: Point
  readonly ax: number
  readonly ay: number
  readonly aw: number
  readonly bx: number
  readonly by: number
  readonly bw: number
}

/** A place on a plane, and how near it is to the viewer: 1 at the origin, 0 and less beyond the horizon. */
export interface PlanePlace {
  u: number
  v: number
  near: number
}

/** Lines of two families cross at a larger angle than this at the hole (sine): 24 degrees. */
const MIN_CROSSING = 0.4
/** Two families have this share of the length of all segments: of grass or branches some always meet somewhere. */
const MIN_SHARE = 0.5
/** A line is beside a pixel of the rim within this share of the hole's bounds, */
const BESIDE = 0.25
/** or this many px. */
const MIN_BESIDE = 12
/** The hole lies in a plane where this share of its rim has lines of both families beside it. */
const MIN_RIM = 0.35
const RIM_SAMPLES = 160
/** A plane that comes nearer or goes farther by no more than this in the whole picture is seen straight on. */
const MIN_CHANGE = 0.06

/** Finds the planes that the hole lies in: lines of two families are around it. Those that are seen straight on are left out. */
export function planesAround(level: Level, families: readonly Family[]): Plane[] {
  if (families.length < 2) return []
  const box = holeBox(level)
  const origin = { x: box.x + (box.width - 1) / 2, y: box.y + (box.height - 1) / 2 }
  const reach = Math.max(MIN_BESIDE, BESIDE * Math.max(box.width, box.height))
  const rim = rimOf(level)
  const beside = families.map(({ segments }) => rim.map((at) => isBeside(at, segments, reach)))
  const planes: Plane[] = []
  for (let j = 1; j < families.length; j++)
    for (let i = 0; i < j; i++) {
      if (families[i].share + families[j].share < MIN_SHARE) continue
      const both = rim.filter((_, k) => beside[i][k] && beside[j][k]).length
      if (both < MIN_RIM * rim.length) continue
      const plane = planeOf(origin, families[i], families[j])
      if (plane && !isFrontal(plane, level)) planes.push(plane)
    }
  return planes
}

function planeOf(origin: Point, first: Family, second: Family): Plane | null {
  const [a, b] = [directionAt(origin, first), directionAt(origin, second)]
  if (!a || !b || Math.abs(a.x * b.y - a.y * b.x) < MIN_CROSSING) return null
  return { origin, ax: a.x, ay: a.y, aw: a.w, bx: b.x, by: b.y, bw: b.w }
}

/** Where a family's vanishing point lies, seen from a place; null where it lies there. */
function directionAt({ x, y }: Point, { point }: Family) {
  const [u, v] = [point.x - point.w * x, point.y - point.w * y]
  const length = Math.sqrt(u * u + v * v)
  return length < 1e-9 ? null : { x: u / length, y: v / length, w: point.w / length }
}

function isFrontal(plane: Plane, { width, height }: Level): boolean {
  const at = { u: 0, v: 0, near: 0 }
  for (const x of [0, width - 1])
    for (const y of [0, height - 1]) {
      placeOn(plane, x, y, at)
      if (Math.abs(at.near - 1) > MIN_CHANGE) return false
    }
  return true
}

function rimOf({ width, hole }: Level): Point[] {
  const rim: number[] = []
  for (let p = width; p < hole.length - width; p++)
    if (hole[p] && !(hole[p - 1] & hole[p + 1] & hole[p - width] & hole[p + width])) rim.push(p)
  const step = Math.max(1, Math.floor(rim.length / RIM_SAMPLES))
  return rim.filter((_, k) => k % step === 0).map((p) => ({ x: p % width, y: Math.floor(p / width) }))
}

function isBeside(at: Point, segments: readonly Segment[], reach: number): boolean {
  return segments.some(({ x, y, dx, dy, length }) => {
    const [u, v] = [at.x - x, at.y - y]
    const past = Math.max(0, Math.abs(u * dx + v * dy) - length / 2)
    return square(past) + square(u * dy - v * dx) <= square(reach)
  })
}

/** Writes the place of a pixel on a plane: the inverse of its homography. */
export function placeOn(plane: Plane, x: number, y: number, into: PlanePlace): void {
  const { origin, ax, ay, aw, bx, by, bw } = plane
  const px = x - origin.x
  const py = y - origin.y
  const a = ax - px * aw
  const b = bx - px * bw
  const c = ay - py * aw
  const d = by - py * bw
  const det = a * d - b * c
  into.u = (px * d - py * b) / det
  into.v = (py * a - px * c) / det
  into.near = 1 + into.u * aw + into.v * bw
}

/** Writes the pixel of a place on a plane. @param near of the place, above 0 */
export function pixelOf(
  plane: Plane,
  { u, v, near }: Readonly<PlanePlace>,
  into: { x: number; y: number },
): void {
  into.x = plane.origin.x + (u * plane.ax + v * plane.bx) / near
  into.y = plane.origin.y + (u * plane.ay + v * plane.by) / near
}
