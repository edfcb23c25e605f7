import type { AppErrorData } from '../core/errors'
import type { GrayImage, RgbaImage } from '../core/image/raster'

/** Requests to the codec worker; each is answered once, under its id. */
export type CodecRequest =
  | { readonly id: number; readonly kind: 'decode'; readonly blob: Blob }
  | { readonly id: number; readonly kind: 'levels'; readonly image: RgbaImage }
  | { readonly id: number; readonly kind: 'png'; readonly image: RgbaImage | GrayImage }
  | {
      readonly id: number
      readonly kind: 'lossy'
      readonly image: RgbaImage
      readonly type: string
      readonly quality: number
    }

export type CodecReply =
  | {
      readonly id: number
      readonly kind: 'decoded'
      readonly image: RgbaImage
      readonly levels: ImageBitmap[]
      readonly opaque: boolean
    }
  | { readonly id: number; readonly kind: 'levels'; readonly levels: ImageBitmap[]; readonly opaque: boolean }
  | { readonly id: number; readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'blob'; readonly blob: Blob }
  | { readonly id: number; readonly kind: 'error'; readonly error: AppErrorData }
