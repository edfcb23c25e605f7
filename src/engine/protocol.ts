import type { AppErrorData } from '../core/errors'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { FillQuality } from './fillEngine'

/** To the worker: one picture to fill. Buffers are transferred. */
export interface FillJob {
  readonly engineId: string
  readonly image: RgbaImage
  readonly mask: GrayImage
  readonly seed: number
  readonly quality: FillQuality
}

/** From the worker. */
export type FillEvent =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly image: RgbaImage }
  | { readonly kind: 'error'; readonly error: AppErrorData }
