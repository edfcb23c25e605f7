import { convertColors, toDisplayP3 } from '../core/image/color/convertColors'
import { isOtherSpace, shownSpace } from '../core/image/color/shownSpace'
import { readMatrixProfile } from '../core/image/color/iccProfile'
import type { IccProfile, RgbaImage } from '../core/image/raster'
import { encodePng } from './codecEncode'

/** Half-size copies are made until both sides are at most this, px. */
const LAST_LEVEL_SIDE = 256

/** @returns the space of a picture's bitmaps: sRGB where the browser has no other */
export function bitmapSpace(profile: IccProfile | undefined): PredefinedColorSpace {
  const wanted = shownSpace(profile)
  return new ImageData(1, 1, { colorSpace: wanted }).colorSpace === wanted ? wanted : 'srgb'
}

/** The picture as the page draws it, in the space of `bitmapSpace`. */
export async function shownBitmap(image: RgbaImage): Promise<ImageBitmap> {
  const { profile } = image
  if (profile && isOtherSpace(profile) && !readMatrixProfile(profile)) {
    // Only the browser converts by tables, and only what it decodes.
    return createImageBitmap(new Blob([await encodePng(image)], { type: 'image/png' }))
  }
  const colorSpace = bitmapSpace(profile)
  const { data, width, height } = colorSpace === 'srgb' ? convertColors(image) : toDisplayP3(image)
  return createImageBitmap(new ImageData(data, width, height, { colorSpace }))
}

/** The picture and its half sizes, so that drawing it small costs little. @param colorSpace of the bitmap */
export function halvings(bitmap: ImageBitmap, colorSpace: PredefinedColorSpace): ImageBitmap[] {
  const levels = [bitmap]
  for (let last = bitmap; Math.max(last.width, last.height) > LAST_LEVEL_SIDE; last = levels.at(-1)!) {
    const canvas = new OffscreenCanvas(Math.max(1, last.width >> 1), Math.max(1, last.height >> 1))
    const context = canvas.getContext('2d', { colorSpace })!
    context.imageSmoothingQuality = 'medium'
    context.drawImage(last, 0, 0, canvas.width, canvas.height)
    levels.push(canvas.transferToImageBitmap())
  }
  return levels
}
