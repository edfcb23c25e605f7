import type { Rect } from '../../geometry'
import type { Mask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { applyCommand, applyOperation, type MaskCommand } from './maskCommand'
import { FULL_TILE, type Tile, TILE_SIZE } from '../tiles'

/** A tile as it is sent to or from a worker: FULL_TILE goes by name, so that each side stores it once. */
type SentTile = Tile | 'full' | null

/** A tile that a command changed, by its index in the whole mask. */
export interface TileChange {
  readonly index: number
  readonly tile: SentTile
}

/** Some rows of a mask's tiles, with the rows around them that a command reads. */
export interface MaskBand {
  /** Image px; its upper edge is that of a row of tiles. */
  readonly frame: Rect
  readonly columns: number
  readonly tiles: readonly SentTile[]
  /** The index in the whole mask of the band's first tile. */
  readonly first: number
  /** The band's tiles that the command is computed for, half-open; the rest is only read. */
  readonly from: number
  readonly to: number
}

/**
 * Cuts the part of a mask that a command may change into bands that can be computed independently. The tiles are shared
 * with the mask, not copied.
 * @param count bands at most; one is made where every pixel may depend on every other
 * @returns empty where the command changes nothing
 */
export function cutBands(mask: Mask, command: MaskCommand, count: number): MaskBand[] {
  const reach = reachOf(command)
  const { y, height } = mask.frame
  let top = 0
  let bottom = height
  if (command.kind === 'raster' && command.mode !== 'intersect') {
    top = Math.max(0, command.rect.y - y)
    bottom = Math.min(height, command.rect.y + command.rect.height - y)
  } else if (command.kind !== 'invert') {
    const filled = (row: number) =>
      mask.tiles.slice(row * mask.columns, (row + 1) * mask.columns).some((tile) => tile !== null)
    const rows = Array.from({ length: mask.rows }, (_, row) => row).filter(filled)
    if (rows.length === 0) return []
    const by = reach ?? 0
    top = Math.max(0, rows[0] * TILE_SIZE - by)
    bottom = Math.min(height, (rows.at(-1)! + 1) * TILE_SIZE + by)
  }
  if (top >= bottom) return []
  const firstRow = top >> 8
  const rowCount = ((bottom - 1) >> 8) + 1 - firstRow
  const bands = reach === null ? 1 : Math.min(count, rowCount)
  return Array.from({ length: bands }, (_, band) => {
    const from = firstRow + Math.floor((rowCount * band) / bands)
    const to = firstRow + Math.floor((rowCount * (band + 1)) / bands)
    return cutBand(mask, from, to, reach ?? height)
  })
}

/** All of a mask, as one band. */
export function wholeBand(mask: Mask): MaskBand {
  return cutBand(mask, 0, mask.rows, 0)
}

/** The mask that a band holds. */
export function bandMask({ frame, columns, tiles }: MaskBand): Mask {
  return {
    frame,
    columns,
    rows: tiles.length / columns,
    tiles: tiles.map((tile) => (tile === 'full' ? FULL_TILE : tile)),
  }
}

function cutBand(mask: Mask, fromRow: number, toRow: number, reach: number): MaskBand {
  const { frame, columns } = mask
  const firstRow = Math.max(0, Math.floor((fromRow * TILE_SIZE - reach) / TILE_SIZE))
  const bottom = Math.min(frame.height, toRow * TILE_SIZE + reach)
  const first = firstRow * columns
  const top = firstRow * TILE_SIZE
  return {
    frame: { x: frame.x, y: frame.y + top, width: frame.width, height: bottom - top },
    columns,
    tiles: mask.tiles
      .slice(first, Math.ceil(bottom / TILE_SIZE) * columns)
      .map((tile) => (tile === FULL_TILE ? 'full' : tile)),
    first,
    from: fromRow * columns - first,
    to: toRow * columns - first,
  }
}

/** Computes a command on a band. @returns the tiles that changed */
export function runBand(band: MaskBand, command: MaskCommand): TileChange[] {
  const { first, from, to } = band
  const edit = new MaskEdit(bandMask(band))
  if ('radius' in command) applyOperation(edit, command, neededRect(band, command.radius + 2))
  else applyCommand(edit, command)
  edit.commit()
  const changes: TileChange[] = []
  for (const index of edit.saved.keys()) {
    const tile = edit.mask.tiles[index]
    if (index >= from && index < to)
      changes.push({ index: first + index, tile: tile === FULL_TILE ? 'full' : tile })
  }
  return changes
}

/** The rows to compute and `reach` px above them: the band begins at a whole tile, further up. */
function neededRect({ frame, columns, from }: MaskBand, reach: number): Rect {
  const skipped = Math.max(0, (from / columns) * TILE_SIZE - reach)
  return { ...frame, y: frame.y + skipped, height: frame.height - skipped }
}

/** Writes changed tiles within an open edit. */
export function applyChanges(edit: MaskEdit, changes: readonly TileChange[]): void {
  for (const { index, tile } of changes) edit.replace(index, tile === 'full' ? FULL_TILE : tile)
}

/** The distance within which a pixel's result depends on the mask, px; null for the whole mask. */
function reachOf(command: MaskCommand): number | null {
  if ('radius' in command) return command.radius + 2
  return command.kind === 'fillHoles' || command.kind === 'removeSpecks' ? null : 0
}
