import type { Rect, Size } from '../core/geometry'
import { thumbnailSquare } from '../core/image/thumbnailSquare'

/** Side of a thumbnail, px. */
export const THUMBNAIL_SIDE = 128

/** A changed part of a picture. */
interface ThumbnailPatch {
  /** Bitmaps of it, largest first. */
  readonly levels: readonly ImageBitmap[]
  /** Where it lies, picture px. */
  readonly at: Rect
}

/**
 * Draws a part of a picture with its changed parts over it.
 * @param picture its size, px
 * @param levels bitmaps of it, largest first
 * @param shown what is to be seen, picture px: it is enlarged to a square
 * @param patches bottom first
 * @returns a JPEG of THUMBNAIL_SIDE squared px
 */
export async function makeThumbnail(
  picture: Size,
  levels: readonly ImageBitmap[],
  shown: Rect,
  patches: readonly ThumbnailPatch[],
): Promise<Blob> {
  const canvas = new OffscreenCanvas(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
  const context = canvas.getContext('2d')!
  const square = thumbnailSquare(shown, picture)
  const scale = THUMBNAIL_SIDE / square.width
  const draw = (bitmaps: readonly ImageBitmap[], { x, y, width, height }: Rect) => {
    const bitmap = bitmaps.findLast((level) => level.width >= width * scale) ?? bitmaps[0]
    if (!bitmap) return
    const left = (x - square.x) * scale
    const top = (y - square.y) * scale
    context.drawImage(bitmap, left, top, width * scale, height * scale)
  }
  draw(levels, { x: 0, y: 0, ...picture })
  for (const { levels: bitmaps, at } of patches) draw(bitmaps, at)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
}
