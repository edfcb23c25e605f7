import { EMPTY_RECT, unionRect, type Rect, type ImagePoint } from '../core/geometry'
import { UndoStack } from '../core/history/undoStack'
import { createMask, isMaskEmpty, type Mask, MaskEdit, savedRect } from '../core/mask/mask'
import { applyCommand, type MaskCommand, replayCommands } from '../core/mask/command/maskCommand'
import { applyChanges } from '../core/mask/command/maskBand'
import { FULL_TILE, packTile, type Tile, unpackTile } from '../core/mask/tiles'
import type { ComputedCommand, Gesture, PointerInput, Preview, Tool, ToolServices } from './tool'

/** A tile at rest in the undo history: as it is, or as run lengths. */
type SavedTile = Tile | null | { readonly packed: Uint8Array<ArrayBuffer> }

interface Entry {
  readonly command: MaskCommand
  tiles: Map<number, SavedTile>
  bytes: number
  packed: boolean
}

const UNDO_BUDGET_BYTES = 64 * 1024 * 1024
const UNDO_MIN_STEPS = 500
/** The newest entries stay unpacked: undoing them costs nothing. */
const UNPACKED_ENTRIES = 3

export interface MaskEditorEvents {
  /** Pixels changed within the rectangle (image px). Fires often: paint, do not render. */
  dirty(rect: Rect): void
  /** The outline of the open gesture changed, or went. */
  preview(): void
  /** The history changed: undo, redo and emptiness may differ. */
  change(change: MaskChange): void
}

export type MaskChange =
  | { readonly kind: 'do' | 'redo'; readonly command: MaskCommand }
  | { readonly kind: 'undo' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'cancel' }

/** Headless: pointer input in, mask and undo out. Holds the mask of one picture. */
export class MaskEditor {
  readonly mask: Mask
  /** Every command that made the mask, oldest first; undone ones are gone. */
  readonly commands: MaskCommand[] = []
  private readonly undoStack = new UndoStack<Entry>({
    bytesOf: (entry) => entry.bytes,
    budgetBytes: UNDO_BUDGET_BYTES,
    minSteps: UNDO_MIN_STEPS,
  })
  private readonly listeners = new Set<Partial<MaskEditorEvents>>()
  private open: { edit: MaskEdit; gesture: Gesture; tool: Tool } | null = null
  private lastPoint: ImagePoint | null = null
  /** Counts what became of the mask: done, undone, redone. */
  private edits = 0

  /** @param settled the commands are where this editor starts: not steps to undo */
  constructor(frame: Rect, commands: readonly MaskCommand[] = [], settled = false) {
    this.mask = createMask(frame)
    if (settled) {
      replayCommands(this.mask, commands)
      this.commands.push(...commands)
    } else for (const command of commands) this.apply(command)
  }

  subscribe(listener: Partial<MaskEditorEvents>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get canUndo(): boolean {
    return this.undoStack.canUndo
  }

  get canRedo(): boolean {
    return this.undoStack.canRedo
  }

  get isDrawing(): boolean {
    return this.open !== null
  }

  get isEmpty(): boolean {
    return isMaskEmpty(this.mask)
  }

  /** What is to be shown of the open gesture; null where there is nothing. */
  get preview(): Preview | null {
    return this.open?.gesture.preview ?? null
  }

  /** True while a gesture goes on without a button held: its moves are wanted as well. */
  get isBetweenClicks(): boolean {
    return this.open?.gesture.again !== undefined
  }

  /** Pointer down. A gesture of several clicks takes it; any other open one is ended first. */
  begin(tool: Tool, input: PointerInput, services: ToolServices): void {
    if (this.open?.gesture.again && this.open.tool === tool) {
      if (this.open.gesture.again(input) === 'done') this.finish()
      else this.emitPreview()
      return
    }
    this.finish()
    const edit = new MaskEdit(this.mask)
    const gesture = tool.begin(input, {
      ...services,
      lastPoint: this.lastPoint,
      draw: (write) => this.emitDirty(write(edit)),
    })
    this.open = { edit, gesture, tool }
    this.emitChange({ kind: 'begin' })
  }

  move(input: PointerInput): void {
    if (!this.open) return
    this.open.gesture.move(input)
    if (this.open.gesture.preview) this.emitPreview()
  }

  /** Pointer up: ends the gesture, unless it goes on by further clicks. */
  release(): void {
    if (!this.isBetweenClicks) this.finish()
  }

  /** The gesture becomes one undo step. A command that was only shown so far is applied. */
  finish(): void {
    if (!this.open) return
    const { edit, gesture } = this.open
    this.open = null
    const command = gesture.finish()
    if (command instanceof Promise) {
      void this.applyLater(command)
      return
    }
    if (!command) {
      this.takeBack(edit)
      this.emitPreview()
      this.emitChange({ kind: 'cancel' })
      return
    }
    if (command.kind === 'stroke') this.lastPoint = command.points.at(-1) ?? null
    else this.emitDirty(applyCommand(edit, command))
    this.emitPreview()
    this.record(command, edit)
  }

  /** Takes an open gesture back as if it had not been. @returns false where none is open */
  cancel(): boolean {
    if (!this.open) return false
    const { edit } = this.open
    this.open = null
    this.takeBack(edit)
    this.emitPreview()
    this.emitChange({ kind: 'cancel' })
    return true
  }

  /** Applies a command as one undo step. */
  apply(command: MaskCommand): void {
    this.finish()
    const edit = new MaskEdit(this.mask)
    this.emitDirty(applyCommand(edit, command))
    this.record(command, edit)
  }

  /** Applies a command that was computed elsewhere, on the mask as it is now: the tiles that it changes. */
  applyComputed({ command, changes }: ComputedCommand): void {
    this.finish()
    const edit = new MaskEdit(this.mask)
    applyChanges(edit, changes)
    this.emitDirty(savedRect(this.mask, edit.saved))
    this.record(command, edit)
  }

  private async applyLater(coming: Promise<ComputedCommand | null>): Promise<void> {
    const { edits } = this
    const computed = await coming
    if (computed && this.edits === edits && !this.open) this.applyComputed(computed)
  }

  undo(): void {
    if (this.cancel()) return
    const entry = this.undoStack.undo()
    if (!entry) return
    this.commands.pop()
    this.swap(entry)
    this.emitChange({ kind: 'undo' })
  }

  redo(): void {
    this.cancel()
    const entry = this.undoStack.redo()
    if (!entry) return
    this.commands.push(entry.command)
    this.swap(entry)
    this.emitChange({ kind: 'redo', command: entry.command })
  }

  /**
   * Packs older undo entries until `deadline` says there is no time left. To be called when the page is idle.
   * @returns false where nothing is left to pack
   */
  packHistory(timeLeft: () => boolean): boolean {
    const entries = this.undoStack.done
    for (let i = 0; i < entries.length - UNPACKED_ENTRIES; i++) {
      const entry = entries[i]
      if (entry.packed) continue
      for (const [index, tile] of entry.tiles) {
        if (!isRawTile(tile)) continue
        if (!timeLeft()) return true
        const packed = packTile(tile)
        if (packed) entry.tiles.set(index, { packed })
      }
      entry.bytes = bytesOf(entry.tiles)
      entry.packed = true
    }
    this.undoStack.trim()
    return false
  }

  private record(command: MaskCommand, edit: MaskEdit): void {
    this.edits++
    edit.commit()
    const tiles = new Map<number, SavedTile>(edit.saved)
    this.commands.push(command)
    this.undoStack.push({ command, tiles, bytes: bytesOf(tiles), packed: false })
    this.emitChange({ kind: 'do', command })
  }

  /** Exchanges an entry's tiles with the mask's: undo and redo are the same swap. */
  private swap(entry: Entry): void {
    this.edits++
    const tiles = new Map<number, SavedTile>()
    for (const [index, saved] of entry.tiles) {
      tiles.set(index, this.mask.tiles[index] ?? null)
      this.mask.tiles[index] = saved && 'packed' in saved ? unpackTile(saved.packed) : saved
    }
    entry.tiles = tiles
    entry.bytes = bytesOf(tiles)
    entry.packed = false
    this.emitDirty(savedRect(this.mask, tiles))
  }

  /** What was computed from the mask while it was drawn on holds no longer. */
  private takeBack(edit: MaskEdit): void {
    if (edit.saved.size > 0) this.edits++
    this.emitDirty(edit.revert())
  }

  private emitDirty(rect: Rect): void {
    if (rect.width === 0) return
    for (const listener of this.listeners) listener.dirty?.(rect)
  }

  private emitPreview(): void {
    for (const listener of this.listeners) listener.preview?.()
  }

  private emitChange(change: MaskChange): void {
    for (const listener of this.listeners) listener.change?.(change)
  }
}

function isRawTile(tile: SavedTile): tile is Tile {
  return tile !== null && tile !== FULL_TILE && !('packed' in tile)
}

function bytesOf(tiles: ReadonlyMap<number, SavedTile>): number {
  let bytes = 64
  for (const tile of tiles.values()) {
    if (tile && 'packed' in tile) bytes += tile.packed.length
    else if (isRawTile(tile)) bytes += tile.length
  }
  return bytes
}

/** Unites the dirty rectangles between two frames. */
export class DirtyRegion {
  private rect = EMPTY_RECT

  add(rect: Rect): void {
    this.rect = unionRect(this.rect, rect)
  }

  /** What changed since the last call. */
  take(): Rect {
    const { rect } = this
    this.rect = EMPTY_RECT
    return rect
  }
}
