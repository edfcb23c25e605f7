import { transfer } from 'comlink'
import type { RgbaImage } from '../core/image/raster'
import { codec } from './codecClient'

/**
 * A heat map of the difference between two pictures, off the main thread.
 * @param before brought to the size of `after` where it has another; both are gone on this side afterwards
 * @param side of the square of pixels that one of the map stands for
 * @throws AppError where the worker fails
 * @see heatMap in core
 */
export function differenceInWorker(before: RgbaImage, after: RgbaImage, side: number): Promise<RgbaImage> {
  const moved = [before.data.buffer, after.data.buffer]
  return codec.call((api) => api.difference(transfer(before, moved), after, side))
}
