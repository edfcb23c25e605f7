import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { Quarters } from '../core/image/rotate'
import type { Size } from '../core/geometry'
import type { InputPixels, InputPrefill, ScaledInput } from '../core/run/scaleInput'
import type { PlacedOutput, PlaceJob } from '../core/run/placeOutput'

/** A picture as bitmaps: full size first, each next half as large. */
export interface PictureLevels {
  readonly levels: readonly ImageBitmap[]
  /** No pixel is transparent, not even in part. */
  readonly opaque: boolean
}

/** What is not as the file has it; a sentence of the catalogue with its values. */
export interface PictureNotice {
  readonly code: 'picture-depth' | 'picture-scaled' | 'picture-partial'
  readonly params: Readonly<Record<string, string | number>>
}

export interface DecodedPicture extends PictureLevels {
  readonly image: RgbaImage
  readonly notices: readonly PictureNotice[]
}

/** A placed output and what draws it. */
export interface PlacedPicture extends PlacedOutput, PictureLevels {}

/** A turned picture with its mask. */
export interface RotatedPicture extends PictureLevels {
  readonly image: RgbaImage
  readonly mask: GrayImage
}

/** What the codec worker does. */
export interface CodecApi {
  /**
   * Upright pixels with the file's own values: EXIF orientation is applied, no colour is converted or weighted by its
   * alpha. Format and size are read before anything is decoded.
   * @param name what the user calls it, for the messages
   * @throws AppError `image/...`
   */
  decode(blob: Blob, name: string): Promise<DecodedPicture>
  /** The same pixels alone, for what is not drawn, turned. @throws AppError `image/...` */
  pixels(blob: Blob, name: string, quarters: Quarters): Promise<RgbaImage>
  makeLevels(image: RgbaImage): Promise<PictureLevels>
  /** @param isDrawn false leaves the bitmaps out @see placeOutput */
  place(job: PlaceJob, isDrawn: boolean): Promise<PlacedPicture>
  /** @param before brought to the size of `after`; both are freed @see heatMap */
  difference(before: RgbaImage, after: RgbaImage, side: number): Promise<RgbaImage>
  /** @param degrees clockwise @see rotateRgba and rotatedMask in core */
  rotate(image: RgbaImage, mask: GrayImage, degrees: number): Promise<RotatedPicture>
  /** @see scaleInput */
  scale(pixels: InputPixels, size: Size, prefill: InputPrefill): Promise<ScaledInput>
  /** Lossless, without metadata but the image's profile; the image is freed. */
  encodePng(image: RgbaImage | GrayImage): Promise<Blob>
  /** The same with values of sRGB. */
  encodeSrgbPng(image: RgbaImage | GrayImage): Promise<Blob>
  /** @param quality 0..1 @returns a PNG where the browser cannot write the type, or not at this size */
  encodeLossy(image: RgbaImage, type: string, quality: number): Promise<Blob>
}
