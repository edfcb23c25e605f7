import { transfer } from 'comlink'
import type { Blend } from '../core/document/document'
import type { LiveJob, LiveView, PatchPixels } from '../core/document/liveBlend'
import type { OutsideChange, OutsideJob } from '../core/document/outsideChange'
import { copyImage } from './copyImage'
import type { ComposeJob, DrawnPatch, LiveLayer, PatchApi } from './patchApi'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import patchWorkerUrl from './patch.worker.ts?worker&url'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const client = new WorkerClient<PatchApi>({ start: () => startModuleWorker(patchWorkerUrl) })

/**
 * What a patch makes of the picture below it, off the main thread.
 * @param job the picture below is transferred: it is gone on this side
 * @throws AppError where the worker fails
 * @see composePatch in core
 */
export async function composeInWorker(job: ComposeJob): Promise<DrawnPatch | null> {
  const pixels = await copyImage(job.pixels)
  const moved = [job.below.data.buffer, pixels.data.buffer]
  return client.call((api) => api.compose(transfer({ ...job, pixels }, moved)))
}

/**
 * Where the picture has changed outside what is kept, off the main thread.
 * @param job its pixels are transferred: they are gone on this side
 * @throws AppError where the worker fails
 */
export function compareOutside(job: OutsideJob): Promise<OutsideChange> {
  const { picture, base } = job
  return client.call((api) => api.outside(transfer(job, [picture.data.buffer, base.data.buffer])))
}

/**
 * A patch whose blend is going to change, off the main thread.
 * @param job the picture below is transferred: it is gone on this side
 * @throws AppError where the worker fails
 */
export async function openLiveBlend(job: LiveJob): Promise<void> {
  const pixels = await copyImage(job.pixels)
  const above: PatchPixels[] = []
  for (const over of job.above) above.push({ ...over, pixels: await copyImage(over.pixels) })
  const moved = [job.below, pixels, ...above.map((over) => over.pixels)].map(({ data }) => data.buffer)
  return client.call((api) => api.openLive(transfer({ ...job, pixels, above }, moved)))
}

/**
 * How the open patch looks with another blend; null where it changes nothing that is seen.
 * @throws AppError where the worker fails
 * @see LiveBlend.draw
 */
export function drawLiveBlend(blend: Blend, view: LiveView): Promise<LiveLayer | null> {
  return client.call((api) => api.drawLive(blend, view))
}
