import { transfer } from 'comlink'
import type { PlaceJob } from '../core/run/placeOutput'
import type { PlacedPicture } from './codecApi'
import { codec } from './codecClient'

/**
 * Brings an answer into a picture, off the main thread.
 * @param job its pixels are transferred: they are gone on this side
 * @param isDrawn false where only the pixels are wanted
 * @returns the part that changed, and the bitmaps that draw it
 * @throws AppError where the worker fails
 * @see placeOutput in core
 */
export function placeInWorker(job: PlaceJob, isDrawn: boolean): Promise<PlacedPicture> {
  const { answer, before, coverage } = job
  const buffers = [answer, before, coverage].flatMap((part) => (part ? [part.data.buffer] : []))
  return codec.call((api) => api.place(transfer(job, buffers), isDrawn))
}
