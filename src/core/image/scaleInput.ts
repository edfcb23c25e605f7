import type { Size } from '../geometry'
import type { GrayImage, RgbaImage } from './raster'
import { resampleGray, resampleRgba } from './resample'

/** What a model is sent, all of one size: plain data, so that a worker can take it. */
export interface InputPixels {
  readonly image: RgbaImage
  readonly mask: GrayImage
  /** Where a fill may copy from; left out where it may from everywhere. */
  readonly sources?: GrayImage
}

/** Brings picture and masks to one size. */
export function scaleInput({ image, mask, sources }: InputPixels, { width, height }: Size): InputPixels {
  return {
    image: resampleRgba(image, width, height),
    mask: resampleGray(mask, width, height),
    ...(sources && { sources: resampleGray(sources, width, height) }),
  }
}
