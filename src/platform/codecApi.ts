import type { GrayImage, RgbaImage } from '../core/image/raster'

/** A picture as bitmaps: full size first, each next half as large. */
export interface PictureLevels {
  readonly levels: readonly ImageBitmap[]
  /** No pixel is transparent, not even in part. */
  readonly opaque: boolean
}

export interface DecodedPicture extends PictureLevels {
  readonly image: RgbaImage
}

/** What the codec worker does. */
export interface CodecApi {
  /** Upright pixels: EXIF orientation is applied. @throws AppError `unexpected` where the browser cannot decode it */
  decode(blob: Blob): Promise<DecodedPicture>
  makeLevels(image: RgbaImage): Promise<PictureLevels>
  /** Lossless, without metadata. */
  encodePng(image: RgbaImage | GrayImage): Promise<Uint8Array<ArrayBuffer>>
  /** @param quality 0..1 */
  encodeLossy(image: RgbaImage, type: string, quality: number): Promise<Blob>
}
