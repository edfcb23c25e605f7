import type { AppErrorData } from '../core/errors'
import type { GrayImage, RgbaImage } from '../core/image/raster'

/** To the worker: the outputs of one run. Buffers are transferred. */
export interface FillJob {
  readonly engineId: string
  readonly image: RgbaImage
  readonly mask: GrayImage
  /** One output each. */
  readonly seeds: readonly number[]
}

/** From the worker. */
export type FillEvent =
  | { readonly kind: 'progress'; readonly output: number; readonly fraction: number }
  | { readonly kind: 'output'; readonly output: number; readonly image: RgbaImage; readonly ms: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'error'; readonly error: AppErrorData }
