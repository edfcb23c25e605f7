import { expose, transfer } from 'comlink'
import { encodeGrayPng, encodeRgbaPng } from '../core/image/png'
import { isOpaque, type RgbaImage } from '../core/image/raster'
import type { CodecApi } from './codecApi'
import { deflate } from './deflate'
import { shareErrors } from './workerErrors'

/** Half-size copies are made until both sides are at most this, px. */
const LAST_LEVEL_SIDE = 256

const api: CodecApi = {
  async decode(blob) {
    // EXIF orientation is applied here, once: everything later sees upright pixels.
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' })
    const { width, height } = bitmap
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    const image = { width, height, data }
    const levels = halvings(bitmap)
    return transfer({ image, levels, opaque: isOpaque(image) }, [data.buffer, ...levels])
  },

  async makeLevels(image) {
    const bitmap = await createImageBitmap(new ImageData(image.data, image.width, image.height))
    const levels = halvings(bitmap)
    return transfer({ levels, opaque: isOpaque(image) }, levels)
  },

  async encodePng(image) {
    const bytes = await pngBytes(image)
    return transfer(bytes, [bytes.buffer])
  },

  encodeLossy(image, type, quality) {
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')!
    context.putImageData(new ImageData(image.data, image.width, image.height), 0, 0)
    if (type === 'image/jpeg') {
      // JPEG has no transparency: white behind it, as every viewer shows it.
      context.globalCompositeOperation = 'destination-over'
      context.fillStyle = '#fff'
      context.fillRect(0, 0, image.width, image.height)
    }
    return canvas.convertToBlob({ type, quality })
  },
}

/** The browser's encoder is much faster, but exact only for opaque pixels: a canvas rounds colours by their alpha. */
async function pngBytes(image: Parameters<CodecApi['encodePng']>[0]): Promise<Uint8Array<ArrayBuffer>> {
  if (image.data.length === image.width * image.height) {
    return encodeGrayPng({ ...image, data: new Uint8Array(image.data) }, deflate)
  }
  const rgba: RgbaImage = { ...image, data: new Uint8ClampedArray(image.data.buffer) }
  if (!isOpaque(rgba)) return encodeRgbaPng(rgba, deflate)
  const canvas = new OffscreenCanvas(rgba.width, rgba.height)
  canvas.getContext('2d')!.putImageData(new ImageData(rgba.data, rgba.width, rgba.height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

/** The picture and its half sizes, so that drawing it small costs little. */
function halvings(bitmap: ImageBitmap): ImageBitmap[] {
  const levels = [bitmap]
  for (let last = bitmap; Math.max(last.width, last.height) > LAST_LEVEL_SIDE; last = levels.at(-1)!) {
    const canvas = new OffscreenCanvas(Math.max(1, last.width >> 1), Math.max(1, last.height >> 1))
    const context = canvas.getContext('2d')!
    context.imageSmoothingQuality = 'medium'
    context.drawImage(last, 0, 0, canvas.width, canvas.height)
    levels.push(canvas.transferToImageBitmap())
  }
  return levels
}

shareErrors()
expose(api)
