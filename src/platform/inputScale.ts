import { transfer } from 'comlink'
import type { Size } from '../core/geometry'
import type { InputPixels, InputPrefill, ScaledInput } from '../core/run/scaleInput'
import { codec } from './codecClient'

/**
 * `scaleInput` off the main thread.
 * @param pixels are transferred: they are gone on this side
 * @throws AppError where the worker fails
 */
export function scaleInWorker(pixels: InputPixels, size: Size, prefill: InputPrefill): Promise<ScaledInput> {
  return codec.call((api) => api.scale(transfer(pixels, pixelBuffers(pixels)), size, prefill))
}

function pixelBuffers({ image, mask, sources }: InputPixels): ArrayBuffer[] {
  return [image, mask, sources].flatMap((part) => (part ? [part.data.buffer] : []))
}
