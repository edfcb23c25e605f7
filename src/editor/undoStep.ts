import type { Rect } from '../core/geometry'
import type { PaintArea } from '../core/document/document'
import type { StepEdit } from '../core/document/edits'
import type { UndoEntry } from '../core/history/undoStack'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { Mask } from '../core/mask/mask'
import { savedRect } from '../core/mask/maskEdit'
import { packTile, unpackTile } from '../core/mask/packTile'
import { FULL_TILE, type Tile } from '../core/mask/tiles'

/** A tile as in a mask, or packed. */
type SavedTile = Tile | null | { readonly packed: Uint8Array<ArrayBuffer> }

/** Estimate for the objects of a step, and for those of each of its tiles. */
const OVERHEAD_BYTES = 64

/** How a step is undone and done again besides the mask. */
export interface AttachedChange {
  /** What it holds, with its buffers; without a picture that it leads back to. */
  readonly bytes: number
  /** It leads to another picture: few of them fit into memory. */
  readonly holdsPicture?: boolean
  undo(): void
  redo(): void
}

/** One step of the history, without what undoes it. */
export interface EditStep {
  /** null where what is painted stays as it is. */
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  /** What it changes besides the mask. */
  readonly edit: StepEdit | null
}

/** A step with the tiles that it changed: as before it while it is done, as after it while it is undone. */
export class UndoStep implements UndoEntry, EditStep {
  readonly command: MaskCommand | null
  readonly area: PaintArea
  edit: StepEdit | null
  attached: AttachedChange | null
  readonly holdsPicture: boolean
  bytes = 0
  isPacked = false
  private tiles: Map<number, SavedTile>

  /** @param tiles by index, as they were before the command @param attached undoes the step's edit */
  constructor(
    { command, area, edit }: EditStep,
    tiles: ReadonlyMap<number, Tile | null>,
    attached: AttachedChange | null,
  ) {
    this.command = command
    this.area = area
    this.edit = edit
    this.attached = attached
    this.holdsPicture = attached?.holdsPicture ?? false
    this.tiles = new Map(tiles)
    this.count()
  }

  /** Takes in its edit, where what it paints was painted ahead. */
  attach(edit: StepEdit, attached: AttachedChange): void {
    this.edit = edit
    this.attached = attached
    this.count()
  }

  /** Exchanges the tiles with the mask's, which both undoes and redoes. @returns the changed rectangle, image px */
  swap(mask: Mask): Rect {
    const tiles = new Map<number, SavedTile>()
    for (const [index, saved] of this.tiles) {
      tiles.set(index, mask.tiles[index] ?? null)
      mask.tiles[index] = saved && 'packed' in saved ? unpackTile(saved.packed) : saved
    }
    this.tiles = tiles
    this.count()
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
    this.count()
    this.isPacked = true
  }

  private count(): void {
    this.bytes = bytesOf(this.tiles) + (this.attached?.bytes ?? 0)
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
