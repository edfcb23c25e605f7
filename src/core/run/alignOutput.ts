import type { Rect, Size } from '../geometry'
import type { GrayImage } from '../image/raster'
import { resampleGray } from '../image/resample'
import { correlation, type Sample, samplesOf } from './correlation'

/** How an answer shows what was sent: a pixel that was sent at (x, y) lies in it at ((x + dx) * fx, (y + dy) * fy). */
export interface Alignment {
  /** Answer px per px as sent. */
  readonly fx: number
  readonly fy: number
  /** Where the corner of what was sent lies in the answer, px as sent, whole. */
  readonly dx: number
  readonly dy: number
}

export interface AlignJob {
  /** Brightness. */
  readonly answer: GrayImage
  /** Brightness of the part that is in the picture, px as sent. */
  readonly sent: GrayImage
  /** Of `sent`'s size, 255 where the model was free to repaint; null where it repaints by itself. */
  readonly coverage: GrayImage | null
  /** The size as sent; `sent` lies in it at `at`: beyond the picture its edge was repeated. */
  readonly size: Size
  readonly at: Pick<Rect, 'x' | 'y'>
}

/** The search begins where the longer side is no longer than this, px. */
const COARSE_SIDE = 96
/** Pixels that are compared, at most: the first time for each place, then for the few that are left. */
const COARSE_SAMPLES = 400
const FINE_SAMPLES = 2500
/** Places that are followed from one level to the next, and down to the pixel. */
const KEPT = 8
const KEPT_LAST = 4
/** A place has to fit at least so well, -1..1. */
const MIN_FIT = 0.7
/** Any other place has to fit worse by this factor, or it cannot be told. */
const CLEARLY = 1.15
/** Places as near as this are one, px as sent. */
const SAME_PX = 2

interface Candidate extends Alignment {
  readonly fit: number
}

/**
 * Finds where an answer of another size shows what was sent: padded at an edge, centred, cut, scaled, or extended to a
 * side. Outside the mask a model changes little, so there the two are compared, coarse to fine.
 * @returns null where it cannot be told: nothing to see, nothing alike, or several places alike
 */
export function alignOutput(job: AlignJob): Alignment | null {
  const { answer, size } = job
  const longer = Math.max(size.width, size.height)
  let level = Math.max(0, Math.ceil(Math.log2(longer / COARSE_SIDE)))
  let found = scalesOf(answer, size).flatMap((scale) => placesAt(job, scale, level))
  for (;;) {
    found = distinct(found).slice(0, level > 2 ? KEPT : KEPT_LAST)
    if (level === 0) break
    level--
    found = refined(job, found, level)
  }
  const [best, ...others] = found
  if (!best) return null
  // Half as large, what scaling does to single pixels no longer counts.
  const seen = refitted(job, best, 1)
  if (Math.max(best.fit, seen) < MIN_FIT) return null
  const rival = others.find((other) => distance(best, other, size) > SAME_PX)
  if (rival && 1 - rival.fit < CLEARLY * (1 - best.fit) + 1e-4) return null
  const { fx, fy, dx, dy } = best
  return { fx, fy, dx, dy }
}

/** Pixel by pixel, stretched to all of the answer, or by one factor to its width or its height. */
function scalesOf(answer: Size, size: Size): Pick<Alignment, 'fx' | 'fy'>[] {
  const fx = answer.width / size.width
  const fy = answer.height / size.height
  const all = [
    [1, 1],
    [fx, fy],
    [fx, fx],
    [fy, fy],
  ]
  const isFirst = ([x, y]: number[], place: number) =>
    all.findIndex(([a, b]) => Math.abs(a - x) < 1e-9 && Math.abs(b - y) < 1e-9) === place
  return all.filter(isFirst).map(([x, y]) => ({ fx: x, fy: y }))
}

/** Pictures at each level and scale, made once. */
const scaled = new WeakMap<GrayImage, Map<string, GrayImage>>()

function shrunk(image: GrayImage, width: number, height: number): GrayImage {
  const known = scaled.get(image) ?? new Map<string, GrayImage>()
  scaled.set(image, known)
  const key = `${width} ${height}`
  const made = known.get(key) ?? resampleGray(image, width, height)
  known.set(key, made)
  return made
}

function atLevel(image: GrayImage, level: number, fx = 1, fy = 1): GrayImage {
  const side = (length: number, factor: number) => Math.max(1, Math.round(length / factor / 2 ** level))
  // From a quarter of its size on, the steps in between are made from that.
  const quarter = level < 2 ? image : shrunk(image, Math.ceil(image.width / 4), Math.ceil(image.height / 4))
  return shrunk(quarter, side(image.width, fx), side(image.height, fy))
}

function levelSamples({ sent, coverage }: AlignJob, level: number, count: number): Sample[] {
  const picture = atLevel(sent, level)
  return samplesOf(picture, coverage && shrunk(coverage, picture.width, picture.height), count)
}

/** All places of one scale that the sizes allow: the smaller of the two lies in the larger, on each axis. */
function placesAt(job: AlignJob, { fx, fy }: Pick<Alignment, 'fx' | 'fy'>, level: number): Candidate[] {
  const { answer, size, at } = job
  const picture = atLevel(answer, level, fx, fy)
  const samples = levelSamples(job, level, COARSE_SAMPLES)
  const unit = 2 ** level
  const range = (answerSide: number, sentSide: number): [number, number] => {
    const room = (answerSide - sentSide) / unit
    return [Math.floor(Math.min(0, room)) - 1, Math.ceil(Math.max(0, room)) + 1]
  }
  const [left, right] = range(answer.width / fx, size.width)
  const [top, bottom] = range(answer.height / fy, size.height)
  const found: Candidate[] = []
  for (let dy = top; dy <= bottom; dy++) {
    for (let dx = left; dx <= right; dx++) {
      const fit = correlation(samples, picture, dx + at.x / unit, dy + at.y / unit)
      if (fit > 0) found.push({ fx, fy, dx: dx * unit, dy: dy * unit, fit })
    }
  }
  return found.toSorted((a, b) => b.fit - a.fit).slice(0, 2 * KEPT)
}

/** Each place moved to where it fits best at a finer level. */
function refined(job: AlignJob, candidates: readonly Candidate[], level: number): Candidate[] {
  const { answer, at } = job
  const samples = levelSamples(job, level, FINE_SAMPLES)
  const unit = 2 ** level
  return candidates.map((candidate) => {
    const { fx, fy } = candidate
    const picture = atLevel(answer, level, fx, fy)
    let best: Candidate = { ...candidate, fit: -1 }
    for (let y = -2; y <= 2; y++) {
      for (let x = -2; x <= 2; x++) {
        const dx = candidate.dx + x * unit
        const dy = candidate.dy + y * unit
        const fit = correlation(samples, picture, (dx + at.x) / unit, (dy + at.y) / unit)
        if (fit > best.fit) best = { fx, fy, dx, dy, fit }
      }
    }
    return best
  })
}

function refitted(job: AlignJob, { fx, fy, dx, dy }: Candidate, level: number): number {
  const { answer, at } = job
  const unit = 2 ** level
  const picture = atLevel(answer, level, fx, fy)
  return correlation(levelSamples(job, level, FINE_SAMPLES), picture, (dx + at.x) / unit, (dy + at.y) / unit)
}

/** Best first; each place of a scale once. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const one of candidates.toSorted((a, b) => b.fit - a.fit)) {
    const isKnown = kept.some(
      (other) => other.fx === one.fx && other.fy === one.fy && other.dx === one.dx && other.dy === one.dy,
    )
    if (!isKnown) kept.push(one)
  }
  return kept
}

/** How far the corners of what was sent lie apart, px as sent. */
function distance(a: Alignment, b: Alignment, { width, height }: Size): number {
  const corner = (x: number, y: number) =>
    Math.max(
      Math.abs(((x + a.dx) * a.fx) / b.fx - (x + b.dx)),
      Math.abs(((y + a.dy) * a.fy) / b.fy - (y + b.dy)),
    )
  return Math.max(corner(0, 0), corner(width, height))
}
