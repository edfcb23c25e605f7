import { convertColors, isOtherSpace } from '../core/image/color/convertColors'
import { readMatrixProfile } from '../core/image/color/iccProfile'
import type { RgbaImage } from '../core/image/raster'
import { encodePng } from './codecEncode'

/** Half-size copies are made until both sides are at most this, px. */
const LAST_LEVEL_SIDE = 256

/** The picture as the page draws it: in sRGB. */
export async function shownBitmap(image: RgbaImage): Promise<ImageBitmap> {
  const { profile } = image
  if (profile && isOtherSpace(profile) && !readMatrixProfile(profile)) {
    // Only the browser converts by tables, and only what it decodes.
    return createImageBitmap(new Blob([await encodePng(image)], { type: 'image/png' }))
  }
  const { data, width, height } = convertColors(image)
  return createImageBitmap(new ImageData(data, width, height))
}

/** The picture and its half sizes, so that drawing it small costs little. */
export function halvings(bitmap: ImageBitmap): ImageBitmap[] {
  const levels = [bitmap]
  for (let last = bitmap; Math.max(last.width, last.height) > LAST_LEVEL_SIDE; last = levels.at(-1)!) {
    const canvas = new OffscreenCanvas(Math.max(1, last.width >> 1), Math.max(1, last.height >> 1))
    const context = canvas.getContext('2d')!
    context.imageSmoothingQuality = 'medium'
    context.drawImage(last, 0, 0, canvas.width, canvas.height)
    levels.push(canvas.transferToImageBitmap())
  }
  return levels
}
