import { transfer } from 'comlink'
import type { Size } from '../core/geometry'
import type { InputPixels } from '../core/image/scaleInput'
import { codec } from './codecClient'

/**
 * `scaleInput` off the main thread.
 * @param pixels are transferred: they are gone on this side
 * @throws AppError where the worker fails
 */
export function scaleInWorker(pixels: InputPixels, size: Size): Promise<InputPixels> {
  return codec.call((api) => api.scale(transfer(pixels, pixelBuffers(pixels)), size))
}

function pixelBuffers({ image, mask, sources }: InputPixels): ArrayBuffer[] {
  return [image, mask, sources].flatMap((part) => (part ? [part.data.buffer] : []))
}
