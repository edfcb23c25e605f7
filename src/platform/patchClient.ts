import { transfer } from 'comlink'
import type { Blend } from '../core/document/document'
import type { LiveJob, LiveView } from '../core/document/liveBlend'
import type { OutsideChange, OutsideJob } from '../core/document/outsideChange'
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
export function composeInWorker(job: ComposeJob): Promise<DrawnPatch | null> {
  return client.call((api) => api.compose(transfer(job, [job.below.data.buffer])))
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
export function openLiveBlend(job: LiveJob): Promise<void> {
  return client.call((api) => api.openLive(transfer(job, [job.below.data.buffer])))
}

/**
 * How the open patch looks with another blend; null where it changes nothing that is seen.
 * @throws AppError where the worker fails
 * @see LiveBlend.draw
 */
export function drawLiveBlend(blend: Blend, view: LiveView): Promise<LiveLayer | null> {
  return client.call((api) => api.drawLive(blend, view))
}
