import { fillBeyond } from '../frame/fillBeyond'
import { bareArea, paintBare } from '../frame/prefill'
import type { Prefill } from '../frame/prefillKinds'
import type { Rect, Size } from '../geometry'
import type { GrayImage, RgbaImage } from '../image/raster'
import { resampleGray, resampleRgba } from '../image/resample'

/** What a model is sent, all of one size: plain data, so that a worker can take it. */
export interface InputPixels {
  readonly image: RgbaImage
  readonly mask: GrayImage
  /** Where a fill may copy from; left out where it may from everywhere. */
  readonly sources?: GrayImage
}

/** What is beyond the picture. */
export interface InputPrefill {
  readonly kind: Prefill
  /** What the pixels show, image px. */
  readonly region: Rect
  /** The picture, image px. */
  readonly base: Rect
}

export interface ScaledInput extends InputPixels {
  /** 255 where the picture has nothing and something else than its edge is to be shown; left out where that is nowhere. */
  readonly bare?: GrayImage
}

/** Brings picture and masks to one size, and fills what lies beyond the picture; a fill of this device is left to others. */
export function scaleInput(
  { image, mask, sources }: InputPixels,
  { width, height }: Size,
  { kind, region, base }: InputPrefill,
): ScaledInput {
  const area = kind === 'edge' ? null : bareArea(image, mask)
  const scaled = resampleRgba(fillBeyond(image, region, base), width, height)
  const bare = area && resampleGray(area, width, height)
  if (bare && kind !== 'edge' && kind !== 'device') paintBare(scaled, bare, kind)
  return {
    image: scaled,
    mask: resampleGray(mask, width, height),
    ...(sources && { sources: resampleGray(sources, width, height) }),
    ...(bare && { bare }),
  }
}
