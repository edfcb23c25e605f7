import { ringsAround } from '../../core/image/mixedRim'
import { holeBox, type Level } from './level'
import { FewColors, type OffRim, offUniformRim } from './uniformRim'

/** Colours are told apart by their upper bits: cells of this many levels a channel. */
const CELL_BITS = 4
const CELLS = 1 << (8 - CELL_BITS)
/** Squared levels that one step of unlikeness stands for; what is further off than all of them is not told apart. */
export const UNLIKE_STEP = 16
const MOST = 254
const UNKNOWN = 255
/** A colour counts as the rim's where that many of its pixels have it. */
const MIN_COUNT = 2
/** The rim is compared with by parts, the hole's longer side over this each, px; of the part and those beside it, */
const PARTS = 6
const MIN_PART = 8
/** by blocks of the picture, px. */
const BLOCK = 8
/** What a level off a rim of one colour counts. */
const PER_LEVEL = 4

/** The cell of a colour. */
function cellOf(color: number): number {
  const mask = CELLS - 1
  return (
    ((color >>> CELL_BITS) & mask) |
    (((color >>> (8 + CELL_BITS)) & mask) << CELL_BITS) |
    (((color >>> (16 + CELL_BITS)) & mask) << (2 * CELL_BITS))
  )
}

/** The colours of a part of the rim. */
class Palette {
  private readonly cells: number[] = []
  private readonly counts = new Uint16Array(CELLS ** 3)
  private readonly found = new Uint8Array(CELLS ** 3).fill(UNKNOWN)

  add(cell: number): void {
    if (++this.counts[cell] === MIN_COUNT) this.cells.push(cell)
  }

  /** @returns how unlike each of them a colour is, 0..MOST */
  unlikeness(cell: number): number {
    const { found, cells } = this
    if (found[cell] !== UNKNOWN) return found[cell]
    let least = cells.length === 0 ? 0 : Infinity
    for (const other of cells) {
      let so = 0
      for (let shift = 0; shift < 3 * CELL_BITS; shift += CELL_BITS) {
        const off = Math.abs(((cell >> shift) & (CELLS - 1)) - ((other >> shift) & (CELLS - 1)))
        // Neighbouring cells may differ by a level.
        if (off > 1) so += (off - 1) * (off - 1)
      }
      if (so < least) least = so
    }
    return (found[cell] = Math.min(MOST, (least << (2 * CELL_BITS)) / UNLIKE_STEP))
  }
}

/**
 * By pixel of the level after the finest: how unlike the nearest part of the rim it is, 0..MOST.
 * @param tick called every few ms
 */
export function unlikenessOf(
  base: Level,
  { width, height }: Level,
  tick: () => void,
): Uint8Array<ArrayBuffer> {
  const { known, color } = base
  const rim = rimOf(base, tick)
  const offRim = offUniformRim(base, rim)
  const parts = partsOf(base, rim, offRim)
  const out = new Uint8Array(width * height)
  if (parts.length === 0) return out
  for (let top = 0; top < height; top += BLOCK) {
    tick()
    for (let left = 0; left < width; left += BLOCK) {
      const { palette, others } = nearest(parts, 2 * left + BLOCK, 2 * top + BLOCK)
      for (let y = top; y < Math.min(height, top + BLOCK); y++)
        for (let x = left; x < Math.min(width, left + BLOCK); x++) {
          let [sum, count] = [0, 0]
          for (let v = 2 * y; v < Math.min(base.height, 2 * y + 2); v++)
            for (let u = 2 * x; u < Math.min(base.width, 2 * x + 2); u++) {
              const p = v * base.width + u
              if (!known[p]) continue
              const unlike = palette.unlikeness(cellOf(color[p]))
              const off = offRim ? Math.min(MOST, PER_LEVEL * offRim(color[p])) : 0
              sum += off > unlike && !others.has(color[p]) ? off : unlike
              count++
            }
          if (count > 0) out[y * width + x] = Math.round(sum / count)
        }
    }
  }
  return out
}

/** The known pixels beside the hole. */
function rimOf({ hole, width, known }: Level, tick: () => void): number[] {
  const rim = ringsAround(hole, width, tick)
    .flat()
    .filter((p) => known[p])
  tick()
  return rim
}

interface Part {
  readonly x: number
  readonly y: number
  readonly palette: Palette
  /** What else touches the hole than the one colour of a rim. */
  readonly others: FewColors
}

/** The parts of the rim; one alone where copies of the picture lie elsewhere. */
function partsOf(base: Level, rim: readonly number[], offRim?: OffRim): Part[] {
  const { width, color } = base
  const box = holeBox(base)
  const longer = Math.max(box.width, box.height)
  const side = base.rows === undefined ? Math.max(MIN_PART, Math.ceil(longer / PARTS)) : longer
  const columns = Math.ceil(box.width / side)
  const parts = new Map<number, Part>()
  const placeOf = (p: number) => [
    Math.floor(((p % width) - box.x) / side),
    Math.floor((Math.floor(p / width) - box.y) / side),
  ]
  for (const p of rim) {
    const [x, y] = placeOf(p)
    if (!parts.has(y * columns + x))
      parts.set(y * columns + x, {
        x: box.x + (x + 0.5) * side,
        y: box.y + (y + 0.5) * side,
        palette: new Palette(),
        others: new FewColors(),
      })
  }
  for (const p of rim) {
    const [x, y] = placeOf(p)
    const cell = cellOf(color[p])
    const isOther = offRim !== undefined && offRim(color[p]) > 0
    for (let j = y - 1; j <= y + 1; j++)
      for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i++) {
        const part = parts.get(j * columns + i)
        part?.palette.add(cell)
        if (isOther) part?.others.add(color[p])
      }
  }
  return [...parts.values()]
}

function nearest(parts: readonly Part[], x: number, y: number): Part {
  let [best] = parts
  let least = Infinity
  for (const part of parts) {
    const far = (part.x - x) ** 2 + (part.y - y) ** 2
    if (far < least) [best, least] = [part, far]
  }
  return best
}
