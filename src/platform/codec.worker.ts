import { errorData } from '../core/errors'
import { encodeGrayPng, encodeRgbaPng } from '../core/image/png'
import { type GrayImage, isOpaque, type RgbaImage } from '../core/image/raster'
import type { CodecReply, CodecRequest } from './codecProtocol'
import { deflate } from './deflate'

interface WorkerScope {
  onmessage: ((event: MessageEvent<CodecRequest>) => void) | null
  postMessage(message: CodecReply, transfer: Transferable[]): void
}

const scope = globalThis as unknown as WorkerScope
/** Half-size copies are made until both sides are at most this. */
const SMALLEST_LEVEL = 256

scope.onmessage = ({ data: request }) => {
  void answer(request).catch((error: unknown) => {
    scope.postMessage({ id: request.id, kind: 'error', error: errorData(error) }, [])
  })
}

async function answer(request: CodecRequest): Promise<void> {
  const { id } = request
  switch (request.kind) {
    case 'decode': {
      // EXIF orientation is applied here, once: all that follows sees upright pixels.
      const bitmap = await createImageBitmap(request.blob, { imageOrientation: 'from-image' })
      const { width, height } = bitmap
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d', { willReadFrequently: true })!
      context.drawImage(bitmap, 0, 0)
      const data = context.getImageData(0, 0, width, height).data
      const levels = halvings(bitmap)
      const image = { width, height, data }
      const opaque = isOpaque(image)
      scope.postMessage({ id, kind: 'decoded', image, levels, opaque }, [data.buffer, ...levels])
      return
    }
    case 'levels': {
      const { image } = request
      const bitmap = await createImageBitmap(new ImageData(image.data, image.width, image.height))
      const levels = halvings(bitmap)
      scope.postMessage({ id, kind: 'levels', levels, opaque: isOpaque(image) }, levels)
      return
    }
    case 'png': {
      const bytes = await encodePng(request.image)
      scope.postMessage({ id, kind: 'bytes', bytes }, [bytes.buffer])
      return
    }
    case 'lossy': {
      const { image, type, quality } = request
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')!
      context.putImageData(new ImageData(image.data, image.width, image.height), 0, 0)
      if (type === 'image/jpeg') {
        // JPEG has no transparency: white behind it, as every viewer shows it.
        context.globalCompositeOperation = 'destination-over'
        context.fillStyle = '#fff'
        context.fillRect(0, 0, image.width, image.height)
      }
      const blob = await canvas.convertToBlob({ type, quality })
      scope.postMessage({ id, kind: 'blob', blob }, [])
    }
  }
}

/** The browser's own encoder where it is exact (no transparency: a canvas rounds colours by it) and much faster. */
async function encodePng(image: RgbaImage | GrayImage): Promise<Uint8Array<ArrayBuffer>> {
  if (image.data.length === image.width * image.height) {
    return encodeGrayPng({ ...image, data: new Uint8Array(image.data) }, deflate)
  }
  const rgba = { ...image, data: new Uint8ClampedArray(image.data.buffer) }
  if (!isOpaque(rgba)) return encodeRgbaPng(rgba, deflate)
  const canvas = new OffscreenCanvas(rgba.width, rgba.height)
  canvas.getContext('2d')!.putImageData(new ImageData(rgba.data, rgba.width, rgba.height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

/** The picture and its half sizes: what is drawn costs what is seen. */
function halvings(bitmap: ImageBitmap): ImageBitmap[] {
  const levels = [bitmap]
  for (let last = bitmap; Math.max(last.width, last.height) > SMALLEST_LEVEL; last = levels.at(-1)!) {
    const canvas = new OffscreenCanvas(Math.max(1, last.width >> 1), Math.max(1, last.height >> 1))
    const context = canvas.getContext('2d')!
    context.imageSmoothingQuality = 'medium'
    context.drawImage(last, 0, 0, canvas.width, canvas.height)
    levels.push(canvas.transferToImageBitmap())
  }
  return levels
}
