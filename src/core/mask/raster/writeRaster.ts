import { EMPTY_RECT, intersectRect, type Rect, unionRect } from '../../geometry'
import type { GrayImage } from '../../image/raster'
import { forEachTile, tileRect } from '../mask'
import type { MaskEdit } from '../maskEdit'
import { TILE_SIZE } from '../tiles'

/** How an area joins the mask; `intersect` keeps of the mask only what lies in the area. */
export type AreaMode = 'paint' | 'erase' | 'intersect'

/**
 * Writes a raster into the mask: painting takes the larger coverage, erasing the smaller of the old one and 255 minus
 * the raster's, replacing sets it.
 * @param rect where the raster lies, image px, of its size; the part outside the frame is ignored
 * @returns the changed rectangle, image px
 */
export function writeRaster(
  edit: MaskEdit,
  rect: Rect,
  image: GrayImage,
  mode: Exclude<AreaMode, 'intersect'> | 'replace',
): Rect {
  const area = intersectRect(rect, edit.mask.frame)
  let dirty = EMPTY_RECT
  forEachTile(edit.mask, area, (index, part) => {
    const changed =
      mode === 'replace'
        ? replacePart(edit, index, part, rect, image)
        : writePart(edit, index, part, rect, image, mode)
    if (changed) dirty = unionRect(dirty, part)
  })
  return dirty
}

function writePart(
  edit: MaskEdit,
  index: number,
  part: Rect,
  rect: Rect,
  image: GrayImage,
  mode: 'paint' | 'erase',
): boolean {
  const at = tileRect(edit.mask, index)
  const current = edit.mask.tiles[index]
  let tile: Uint8Array | null = null
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - rect.y) * image.width - rect.x
    const to = (y - at.y) * TILE_SIZE - at.x
    for (let x = part.x; x < part.x + part.width; x++) {
      const value = image.data[from + x]
      if (value === 0) continue
      const before = tile ? tile[to + x] : current ? current[to + x] : 0
      const after = mode === 'paint' ? Math.max(before, value) : Math.min(before, 255 - value)
      if (after === before) continue
      tile ??= edit.writable(index)
      tile[to + x] = after
    }
  }
  if (!tile) return false
  edit.touched(index, part)
  return true
}

/** Copies row by row and skips unchanged rows: most rows of most tiles are. */
function replacePart(edit: MaskEdit, index: number, part: Rect, rect: Rect, image: GrayImage): boolean {
  const at = tileRect(edit.mask, index)
  const current = edit.mask.tiles[index] ?? null
  let tile: Uint8Array | null = null
  let first = 0
  let last = 0
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - rect.y) * image.width + part.x - rect.x
    const to = (y - at.y) * TILE_SIZE + part.x - at.x
    let x = 0
    if (current) while (x < part.width && image.data[from + x] === current[to + x]) x++
    else while (x < part.width && image.data[from + x] === 0) x++
    if (x === part.width) continue
    if (!tile) {
      tile = edit.writable(index)
      first = y
    }
    last = y
    tile.set(image.data.subarray(from, from + part.width), to)
  }
  if (!tile) return false
  edit.touched(index, { ...part, y: first, height: last - first + 1 })
  return true
}
