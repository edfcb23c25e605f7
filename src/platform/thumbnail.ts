import type { Rect, Size } from '../core/geometry'

/** Side of a thumbnail, px. */
export const THUMBNAIL_SIDE = 128

/**
 * Draws the picture with a changed part over it, cut to a small square.
 * @param picture its size, px
 * @param levels bitmaps of it, largest first
 * @param patchLevels bitmaps of the changed part, largest first
 * @param at where the changed part lies, picture px
 * @returns a JPEG of THUMBNAIL_SIDE squared px
 */
export async function makeThumbnail(
  picture: Size,
  levels: readonly ImageBitmap[],
  patchLevels: readonly ImageBitmap[],
  at: Rect,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
  const context = canvas.getContext('2d')!
  const scale = Math.max(THUMBNAIL_SIDE / picture.width, THUMBNAIL_SIDE / picture.height)
  const left = (THUMBNAIL_SIDE - picture.width * scale) / 2
  const top = (THUMBNAIL_SIDE - picture.height * scale) / 2
  const draw = (bitmaps: readonly ImageBitmap[], { x, y, width, height }: Rect) => {
    const bitmap = bitmaps.findLast((level) => level.width >= width * scale) ?? bitmaps[0]
    if (bitmap) context.drawImage(bitmap, left + x * scale, top + y * scale, width * scale, height * scale)
  }
  draw(levels, { x: 0, y: 0, ...picture })
  draw(patchLevels, at)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
}
