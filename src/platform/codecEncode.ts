import { withProfile } from '../core/image/file/withProfile'
import { encodeGrayPng, encodeRgbaPng } from '../core/image/png'
import { type GrayImage, isOpaque, type RgbaImage } from '../core/image/raster'
import { deflate } from './deflate'

/** Canvases beyond this side fail in some browsers, px. */
const MAX_CANVAS_SIDE = 16_384

export function isRgba(image: RgbaImage | GrayImage): image is RgbaImage {
  return image.data.length !== image.width * image.height
}

/** Lossless, with the image's profile and no other metadata. */
export async function encodePng(image: RgbaImage | GrayImage): Promise<Uint8Array<ArrayBuffer>> {
  if (!isRgba(image)) return encodeGrayPng({ ...image, data: new Uint8Array(image.data) }, deflate)
  const bytes = await pngBytes(image)
  return image.profile ? withProfile(bytes, 'image/png', image.profile, deflate) : bytes
}

/** The browser's encoder is much faster, but exact only for opaque pixels: a canvas rounds colours by their alpha. */
async function pngBytes(image: RgbaImage): Promise<Uint8Array<ArrayBuffer>> {
  if (!fitsCanvas(image) || !isOpaque(image)) return encodeRgbaPng(image, deflate)
  const blob = await blobOf(canvasOf(image), { type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

export async function encodeLossy(image: RgbaImage, type: string, quality: number): Promise<Blob> {
  if (!fitsCanvas(image)) return new Blob([await encodePng(image)], { type: 'image/png' })
  const canvas = canvasOf(image)
  if (type === 'image/jpeg') {
    // JPEG has no transparency: white behind it, as every viewer shows it.
    const context = canvas.getContext('2d')!
    context.globalCompositeOperation = 'destination-over'
    context.fillStyle = '#fff'
    context.fillRect(0, 0, image.width, image.height)
  }
  const blob = await blobOf(canvas, { type, quality })
  if (!image.profile) return blob
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return new Blob([await withProfile(bytes, blob.type, image.profile, deflate)], { type: blob.type })
}

/** The canvas is used up: it would hold its pixels until it is collected. */
async function blobOf(canvas: OffscreenCanvas, options: ImageEncodeOptions): Promise<Blob> {
  try {
    return await canvas.convertToBlob(options)
  } finally {
    canvas.width = 0
  }
}

function fitsCanvas({ width, height }: RgbaImage): boolean {
  return width <= MAX_CANVAS_SIDE && height <= MAX_CANVAS_SIDE
}

function canvasOf({ width, height, data }: RgbaImage): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0)
  return canvas
}
