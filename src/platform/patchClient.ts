import { transfer } from 'comlink'
import type { ComposeJob, DrawnPatch, PatchApi } from './patchApi'
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
