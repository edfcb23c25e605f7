import type { Rect } from '../../core/geometry'
import type { Random } from '../random'
import { type DominantOffsets, hashOf, keyOf, NO_OFFSETS } from './dominantOffsets'
import { foreignPrice, pricedPatches } from './foreign'
import { RowCounts } from './rowCounts'
import {
  boxIndex,
  dropPatches,
  flagsIn,
  holeBox,
  indicesOf,
  levelIndex,
  type Level,
  wholePatches,
} from './level'

/** No worse match is taken. */
export const NO_SLACK = 31
/** What distance costs at an offset by which the picture repeats itself, of the price elsewhere. */
export const REPEAT_PRICE = 0.2
/** How many of these offsets are tried for a target in one pass. */
export const OFFERED = 6
/** A match was chosen before the search, which may still improve on it, */
export const PLACED = 1
/** or not. */
export const HELD = 2

/**
 * The nearest-neighbour field of one level: for each target (a patch that touches the hole) the most similar source (a
 * patch that may be copied). Only targets are stored, so the cost depends on the hole's size. A core may move the arrays
 * into memory of its own.
 * @see Barnes et al., "PatchMatch: A Randomized Correspondence Algorithm for Structural Image Editing", 2009
 */
export class OffsetField {
  readonly level: Level
  readonly radius: number
  /** Patch centres that touch the hole, in raster order. */
  targets: Int32Array<ArrayBuffer>
  /** What is kept by pixel covers this alone, px of the level. */
  readonly box: Rect
  /** By pixel of the box: its index in `targets`, or -1. */
  targetAt: Int32Array<ArrayBuffer>
  /** 0 where no patch is centred that may be copied whole, else 1 and how unlike the hole's rim it is. */
  valid: Uint8Array<ArrayBuffer>
  private sourceRows: RowCounts | null = null
  /** By target: the source's centre and the distance to it. */
  match: Int32Array<ArrayBuffer>
  distance: Int32Array<ArrayBuffer>
  /** By target: PLACED, HELD or 0. */
  placed: Uint8Array<ArrayBuffer>
  readonly priorScale: number
  /** What a patch costs for each step that it is unlike the rim. */
  readonly foreignPrice: number
  readonly offsets: DominantOffsets

  /**
   * @param locality how much better each value of a far source must be, squared, for each px squared; 0 ignores the distance
   * @param offsets at which distance costs less
   * @param tick called now and then
   */
  constructor(level: Level, radius: number, locality: number, offsets = NO_OFFSETS, tick = () => {}) {
    const { width, hole } = level
    this.level = level
    this.radius = radius
    this.offsets = offsets
    this.valid = pricedPatches(level, radius, tick)
    dropPatches(level)
    const box = holeBox(level)
    this.box = box
    this.targets = indicesOf(touching(flagsIn(hole, width, box), box.width, box.height, radius, tick))
    tick()
    this.targetAt = new Int32Array(box.width * box.height).fill(-1)
    for (let i = 0; i < this.targets.length; i++) {
      this.targetAt[this.targets[i]] = i
      this.targets[i] = levelIndex(box, width, this.targets[i])
    }
    tick()
    this.match = new Int32Array(this.targets.length)
    this.distance = new Int32Array(this.targets.length)
    this.placed = new Uint8Array(this.targets.length)
    this.priorScale = locality * 3 * (2 * radius + 1) ** 2
    this.foreignPrice = foreignPrice(radius)
  }

  /** Centres of the patches that may be copied, in raster order: four times the level's pixels, so only for a coarse one. */
  sources(): Int32Array<ArrayBuffer> {
    return indicesOf(this.valid)
  }

  /** One of these, without the list. */
  randomSource(random: Random): number {
    const rows = (this.sourceRows ??= new RowCounts(this.valid, this.level.width))
    return rows.place(this.valid, random.below(rows.count))
  }

  /** Sum of squared differences over the patch plus the cost of distance and of what is foreign. It stops at `limit`. */
  cost(target: number, source: number, limit: number): number {
    const { color, width } = this.level
    const r = this.radius
    const side = 2 * r + 1
    const dx = (source % width) - (target % width)
    const dy = ((source / width) | 0) - ((target / width) | 0)
    let sum =
      ((this.priceAt(dx, dy) * (dx * dx + dy * dy)) | 0) + (this.valid[source] - 1) * this.foreignPrice
    let a = target - r * width - r
    let b = source - r * width - r
    for (let row = 0; row < side; row++) {
      if (sum >= limit) return sum
      for (let k = 0; k < side; k++) {
        const p = color[a + k]
        const q = color[b + k]
        const red = (p & 255) - (q & 255)
        const green = ((p >>> 8) & 255) - ((q >>> 8) & 255)
        const blue = ((p >>> 16) & 255) - ((q >>> 16) & 255)
        const texture = (p >>> 24) - (q >>> 24)
        sum += red * red + green * green + blue * blue + texture * texture
      }
      a += width
      b += width
    }
    return sum
  }

  private priceAt(dx: number, dy: number): number {
    const { pairs, table, shift } = this.offsets
    if (pairs.length === 0) return this.priorScale
    const key = keyOf(dx, dy, shift)
    return table[hashOf(key)] === key ? this.priorScale * REPEAT_PRICE : this.priorScale
  }

  /** The source of the patch around a hole's pixel; -1 where none is centred there, beside the picture's border. */
  matchAt(p: number): number {
    const i = this.targetAt[boxIndex(this.box, this.level.width, p)]
    return i >= 0 ? this.match[i] : -1
  }

  setMatch(i: number, source: number): void {
    this.match[i] = source
    this.distance[i] = this.cost(this.targets[i], source, 0x7fffffff)
  }

  refreshDistances(): void {
    for (let i = 0; i < this.targets.length; i++) {
      this.distance[i] = this.cost(this.targets[i], this.match[i], 0x7fffffff)
    }
  }

  /**
   * One pass over all targets: propagation from the two neighbours that were just visited, then a random search in
   * windows halving from `reach`; between them some of the offsets at which the picture repeats itself. At a reach of 0
   * neighbours alone are asked.
   * @param direction 1 from the top left, -1 from the bottom right
   * @param slack how much worse a neighbour's match may be to be taken: its own cost over 2 to this power; NO_SLACK none
   * @param tick called now and then with the number of targets done since
   */
  searchPass(
    direction: 1 | -1,
    reach: number,
    slack: number,
    random: Random,
    tick: (targets: number) => void,
  ): void {
    const { targets, targetAt, box, match, distance, valid, placed } = this
    const { width, height } = this.level
    const { pairs } = this.offsets
    const count = targets.length
    let pending = 0
    for (let k = 0; k < count; k++) {
      const i = direction > 0 ? k : count - 1 - k
      if (++pending === 4096) {
        tick(pending)
        pending = 0
      }
      if (placed[i] === HELD) continue
      const p = targets[i]
      let best = match[i]
      let bestCost = distance[i]
      let limit = bestCost + (bestCost >> slack)
      const at = boxIndex(box, width, p)
      for (let axis = 0; axis < 2; axis++) {
        const neighbour = targetAt[at - direction * (axis === 0 ? 1 : box.width)]
        if (neighbour < 0) continue
        const candidate = match[neighbour] + direction * (axis === 0 ? 1 : width)
        if (candidate === best || !valid[candidate]) continue
        const cost = this.cost(p, candidate, limit)
        if (cost < limit) {
          limit = bestCost = cost
          best = candidate
        }
      }
      const offered = pairs.length > 0 && reach > 0 ? OFFERED : 0
      for (let n = 0; n < offered; n++) {
        const pair = 2 * random.below(pairs.length >> 1)
        const x = (p % width) + pairs[pair]
        const y = ((p / width) | 0) + pairs[pair + 1]
        if (x < 0 || y < 0 || x >= width || y >= height) continue
        const candidate = y * width + x
        if (candidate === best || !valid[candidate]) continue
        const cost = this.cost(p, candidate, bestCost)
        if (cost < bestCost) {
          bestCost = cost
          best = candidate
        }
      }
      for (let r = reach; r >= 1; r >>= 1) {
        const x = (best % width) + random.around(r)
        const y = ((best / width) | 0) + random.around(r)
        if (x < 0 || y < 0 || x >= width || y >= height) continue
        const candidate = y * width + x
        if (candidate === best || !valid[candidate]) continue
        const cost = this.cost(p, candidate, bestCost)
        if (cost < bestCost) {
          bestCost = cost
          best = candidate
        }
      }
      match[i] = best
      distance[i] = bestCost
    }
    tick(pending)
  }

  /** The target at a pixel of the level, or -1. */
  targetOf(x: number, y: number): number {
    const { box, targetAt } = this
    const [i, j] = [x - box.x, y - box.y]
    return i < 0 || j < 0 || i >= box.width || j >= box.height ? -1 : targetAt[j * box.width + i]
  }
}

/** Centres of the patches inside the picture that have at least one hole pixel. */
function touching(
  hole: Uint8Array,
  width: number,
  height: number,
  radius: number,
  tick: () => void,
): Uint8Array {
  const without = new Uint8Array(hole.length)
  for (let i = 0; i < hole.length; i++) without[i] = hole[i] ? 0 : 1
  const clear = wholePatches(without, width, height, radius, tick)
  const out = new Uint8Array(hole.length)
  for (let y = radius; y < height - radius; y++) {
    for (let x = radius; x < width - radius; x++) out[y * width + x] = clear[y * width + x] ? 0 : 1
  }
  return out
}
