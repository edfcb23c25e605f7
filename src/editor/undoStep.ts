import type { Rect } from '../core/geometry'
import type { UndoEntry } from '../core/history/undoStack'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { type Mask, savedRect } from '../core/mask/mask'
import { packTile, unpackTile } from '../core/mask/packTile'
import { FULL_TILE, type Tile } from '../core/mask/tiles'

/** A tile as in a mask, or packed. */
type SavedTile = Tile | null | { readonly packed: Uint8Array<ArrayBuffer> }

/** Estimate for the objects of a step, and for those of each of its tiles. */
const OVERHEAD_BYTES = 64

/** One command, with the tiles that it changed: as before it while it is done, as after it while it is undone. */
export class UndoStep implements UndoEntry {
  readonly command: MaskCommand
  bytes = 0
  isPacked = false
  private tiles: Map<number, SavedTile>

  /** @param tiles by index, as they were before the command */
  constructor(command: MaskCommand, tiles: ReadonlyMap<number, Tile | null>) {
    this.command = command
    this.tiles = new Map(tiles)
    this.bytes = bytesOf(this.tiles)
  }

  /** Exchanges the tiles with the mask's, which both undoes and redoes. @returns the changed rectangle, image px */
  swap(mask: Mask): Rect {
    const tiles = new Map<number, SavedTile>()
    for (const [index, saved] of this.tiles) {
      tiles.set(index, mask.tiles[index] ?? null)
      mask.tiles[index] = saved && 'packed' in saved ? unpackTile(saved.packed) : saved
    }
    this.tiles = tiles
    this.bytes = bytesOf(tiles)
    this.isPacked = false
    return savedRect(mask, tiles)
  }

  pack(timeLeft: () => boolean): void {
    for (const [index, tile] of this.tiles) {
      if (!isUnpacked(tile)) continue
      if (!timeLeft()) return
      const packed = packTile(tile)
      if (packed) this.tiles.set(index, { packed })
    }
    this.bytes = bytesOf(this.tiles)
    this.isPacked = true
  }
}

function isUnpacked(tile: SavedTile): tile is Tile {
  return tile !== null && tile !== FULL_TILE && !('packed' in tile)
}

function bytesOf(tiles: ReadonlyMap<number, SavedTile>): number {
  let bytes = OVERHEAD_BYTES * (1 + tiles.size)
  for (const tile of tiles.values()) {
    if (tile && 'packed' in tile) bytes += tile.packed.length
    else if (isUnpacked(tile)) bytes += tile.length
  }
  return bytes
}
