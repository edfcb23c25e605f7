import type { AppErrorData } from '../core/errors'
import type { ImagePoint } from '../core/geometry'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { ColorSelection } from '../core/mask/colorSelect'
import type { MaskOperation } from '../core/mask/maskOperation'

/** Requests to the mask worker; each is answered once, under its id. */
export type MaskRequest =
  | {
      readonly id: number
      readonly kind: 'operation'
      readonly image: GrayImage
      readonly operation: MaskOperation
    }
  | {
      readonly id: number
      readonly kind: 'select'
      /** The picture, kept by the worker under `key`: sent once. */
      readonly key: string
      readonly picture: RgbaImage | null
      readonly point: ImagePoint
      readonly options: ColorSelection
    }

export type MaskReply =
  | { readonly id: number; readonly kind: 'image'; readonly image: GrayImage }
  | { readonly id: number; readonly kind: 'error'; readonly error: AppErrorData }
