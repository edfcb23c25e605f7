import { transfer } from 'comlink'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { RotatedPicture } from './codecApi'
import { codec } from './codecClient'

/**
 * Turns a picture and its mask, off the main thread.
 * @param image, mask their pixels are transferred: they are gone on this side
 * @param degrees clockwise
 * @throws AppError where the worker fails
 */
export function rotateInWorker(image: RgbaImage, mask: GrayImage, degrees: number): Promise<RotatedPicture> {
  const buffers = [image.data.buffer, mask.data.buffer]
  return codec.call((api) => api.rotate(transfer(image, buffers), mask, degrees))
}
