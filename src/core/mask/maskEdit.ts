import { EMPTY_RECT, intersectRect, type Rect, unionRect } from '../geometry'
import { type Mask, tileRect } from './mask'
import { FULL_TILE, normalizeTile, TILE_WORDS, type Tile, updatePyramid } from './tiles'

/**
 * One undoable change of a mask. The first write to a tile moves it to `saved` and works on a copy, so that exchanging
 * `saved` with the mask's tiles undoes the change, and doing so again redoes it.
 */
export class MaskEdit {
  readonly saved = new Map<number, Tile | null>()
  readonly mask: Mask

  constructor(mask: Mask) {
    this.mask = mask
  }

  /** The tile to write to, this edit's own copy. Call `touched` after writing. */
  writable(index: number): Tile {
    const current = this.mask.tiles[index] ?? null
    if (this.saved.has(index) && current && current !== FULL_TILE) return current
    if (!this.saved.has(index)) this.saved.set(index, current)
    const copy: Tile = current ? current.slice() : new Uint8Array(FULL_TILE.length)
    this.mask.tiles[index] = copy
    return copy
  }

  /** Replaces a whole tile. @param tile null, FULL_TILE or a tile that nothing else refers to */
  replace(index: number, tile: Tile | null): void {
    if (!this.saved.has(index)) this.saved.set(index, this.mask.tiles[index] ?? null)
    this.mask.tiles[index] = tile
  }

  /** Updates the pyramid of a writable tile after `rect` of it changed. @param rect image px */
  touched(index: number, rect: Rect): void {
    const tile = this.mask.tiles[index]
    if (!tile || tile === FULL_TILE) return
    const at = tileRect(this.mask, index)
    const part = intersectRect(at, rect)
    if (part.width === 0) return
    const x = part.x - at.x
    const y = part.y - at.y
    updatePyramid(tile, x, y, x + part.width, y + part.height)
  }

  /** Ends the edit: uniform tiles become null or FULL_TILE, and unchanged tiles leave `saved`. */
  commit(): void {
    for (const [index, before] of this.saved) {
      const now = this.mask.tiles[index]
      if (now) this.mask.tiles[index] = normalizeTile(now)
      if (sameTile(before, this.mask.tiles[index] ?? null)) {
        this.mask.tiles[index] = before
        this.saved.delete(index)
      }
    }
  }

  /** Restores the saved tiles. @returns the rectangle that changed, image px */
  revert(): Rect {
    const dirty = savedRect(this.mask, this.saved)
    for (const [index, tile] of this.saved) this.mask.tiles[index] = tile
    this.saved.clear()
    return dirty
  }
}

function sameTile(a: Tile | null, b: Tile | null): boolean {
  if (a === b) return true
  if (!a || !b || a === FULL_TILE || b === FULL_TILE) return false
  // A stroke over one like it compares hundreds of tiles when the pointer goes up.
  const [wordsA, wordsB] = [a, b].map(
    ({ buffer, byteOffset }) => new Uint32Array(buffer, byteOffset, TILE_WORDS),
  )
  for (let i = 0; i < TILE_WORDS; i++) if (wordsA[i] !== wordsB[i]) return false
  return true
}

/** The rectangle around a set of tiles, image px. @param saved tiles by index */
export function savedRect(mask: Mask, saved: ReadonlyMap<number, unknown>): Rect {
  let rect = EMPTY_RECT
  for (const index of saved.keys()) rect = unionRect(rect, tileRect(mask, index))
  return rect
}
