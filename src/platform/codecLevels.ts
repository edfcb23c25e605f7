import { convertColors, toDisplayP3 } from '../core/image/color/convertColors'
import type { FrameColors } from '../core/image/color/frameColors'
import { isOtherSpace, shownSpace } from '../core/image/color/shownSpace'
import { readMatrixProfile } from '../core/image/color/iccProfile'
import type { Rect } from '../core/geometry'
import type { IccProfile, RgbaImage } from '../core/image/raster'
import { encodePng } from './codecEncode'

/** Half-size copies are made until both sides are at most this, px. */
const LAST_LEVEL_SIDE = 256

/** @returns the space of a picture's bitmaps: sRGB where the browser has no other */
export function bitmapSpace(profile: IccProfile | undefined): PredefinedColorSpace {
  const wanted = shownSpace(profile)
  return new ImageData(1, 1, { colorSpace: wanted }).colorSpace === wanted ? wanted : 'srgb'
}

/** The values of a picture in the space of `bitmapSpace`: not by tables. */
function shownValues(image: RgbaImage): Pick<RgbaImage, 'width' | 'height' | 'data'> {
  return bitmapSpace(image.profile) === 'srgb' ? convertColors(image) : toDisplayP3(image)
}

/** The picture as the page draws it, in the space of `bitmapSpace`. @param values converts it, where none does by tables */
export async function shownBitmap(
  image: RgbaImage,
  values: typeof shownValues = shownValues,
): Promise<ImageBitmap> {
  const { profile } = image
  if (profile && isOtherSpace(profile) && !readMatrixProfile(profile)) {
    // Only the browser converts by tables, and only what it decodes.
    return createImageBitmap(new Blob([await encodePng(image)], { type: 'image/png' }))
  }
  const { data, width, height } = values(image)
  return createImageBitmap(new ImageData(data, width, height, { colorSpace: bitmapSpace(profile) }))
}

/** As `shownBitmap`, of a frame of a drag. @param at where it lies, image px @param colors those of the frames before */
export function shownFrame(frame: RgbaImage, at: Rect, colors: FrameColors): Promise<ImageBitmap> {
  return isOtherSpace(frame.profile)
    ? shownBitmap(frame, (image) => colors.shown(image, at, shownValues))
    : shownBitmap(frame)
}

/** The picture and its half sizes, so that drawing it small costs little. @param colorSpace of the bitmap */
export function halvings(bitmap: ImageBitmap, colorSpace: PredefinedColorSpace): ImageBitmap[] {
  const levels = [bitmap]
  for (let last = bitmap; Math.max(last.width, last.height) > LAST_LEVEL_SIDE; last = levels.at(-1)!) {
    const canvas = new OffscreenCanvas(Math.max(1, last.width >> 1), Math.max(1, last.height >> 1))
    const context = canvas.getContext('2d', { colorSpace })!
    // The same pixels where both sides halve evenly, without the picture's smaller copies that the browser would keep.
    const isEven = last.width % 2 === 0 && last.height % 2 === 0
    context.imageSmoothingQuality = isEven ? 'low' : 'medium'
    context.drawImage(last, 0, 0, canvas.width, canvas.height)
    levels.push(canvas.transferToImageBitmap())
  }
  return levels
}
