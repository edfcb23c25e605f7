import type { Rect } from '../../geometry'
import { type Mask, MaskEdit } from '../mask'
import { applyCommand, applyOperation, type MaskCommand } from './maskCommand'
import { FULL_TILE, type Tile, TILE_SIZE } from '../tiles'

/** A tile on its way to or from a worker: FULL_TILE goes by name, so that it is stored once at both ends. */
type SentTile = Tile | 'full' | null

/** A tile that a command changed, by its index in the whole mask. */
export interface TileChange {
  readonly index: number
  readonly tile: SentTile
}

/** Some rows of a mask's tiles, with what a command needs of the rows around them. */
export interface MaskBand {
  /** Image px; its upper edge is a tile's. */
  readonly frame: Rect
  readonly columns: number
  readonly tiles: readonly SentTile[]
  /** The index in the whole mask of the band's first tile. */
  readonly first: number
  /** Which of the band's tiles the result counts for, half-open. */
  readonly from: number
  readonly to: number
}

/**
 * Cuts what a command looks at into at most `count` bands that can be computed apart; one where every pixel may
 * depend on every other. Empty where the command changes nothing. The tiles are shared with the mask, not copied.
 */
export function cutBands(mask: Mask, command: MaskCommand, count: number): MaskBand[] {
  const reach = reachOf(command)
  const { y, height } = mask.frame
  let top = 0
  let bottom = height
  if (command.kind === 'raster') {
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

/** What the command makes of a band: the tiles that changed. */
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

/** The band's rows that count and `reach` px around them: its first tiles may begin further up. */
function neededRect({ frame, columns, from }: MaskBand, reach: number): Rect {
  const skipped = Math.max(0, (from / columns) * TILE_SIZE - reach)
  return { ...frame, y: frame.y + skipped, height: frame.height - skipped }
}

/** Puts changed tiles into the mask of an open edit. */
export function applyChanges(edit: MaskEdit, changes: readonly TileChange[]): void {
  for (const { index, tile } of changes) edit.replace(index, tile === 'full' ? FULL_TILE : tile)
}

/** How far around a pixel its result depends on the mask, px; null where on all of it. */
function reachOf(command: MaskCommand): number | null {
  if ('radius' in command) return command.radius + 2
  return command.kind === 'fillHoles' || command.kind === 'removeSpecks' ? null : 0
}
