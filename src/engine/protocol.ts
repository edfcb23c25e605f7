import type { AppErrorData } from '../core/errors'
import type { RgbaImage } from '../core/image/raster'
import type { FillRequest } from './fillEngine'

/** To the worker: one picture to fill. Buffers are transferred. */
export interface FillJob extends FillRequest {
  readonly engineId: string
}

/** From the worker. */
export type FillEvent =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly image: RgbaImage }
  | { readonly kind: 'error'; readonly error: AppErrorData }
