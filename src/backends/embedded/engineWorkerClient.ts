import type { FillEvent, FillJob } from '../../engine/protocol'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import engineWorkerUrl from '../../engine/worker.ts?worker&url'
import { startModuleWorker } from '../../platform/trustedTypes'

/** What runs a job: a worker in the page, anything with the same messages in a test. */
export interface EngineWorker {
  onEvent: (event: FillEvent) => void
  onCrash: (message: string) => void
  start(job: FillJob): void
  /** Ends it at once, whatever it is doing. */
  terminate(): void
  /** Its job is done: it may serve another run. */
  release(): void
}

/** A worker whose script is loaded: the next run needs no network for it. */
let spare: Worker | null = null

/** Loads a worker ahead of its run. */
export function warmEngine(): void {
  if (spare) return
  const worker = startModuleWorker(engineWorkerUrl)
  spare = worker
  worker.addEventListener('error', () => {
    if (spare === worker) spare = null
  })
}

export function startEngineWorker(): EngineWorker {
  const worker = spare ?? startModuleWorker(engineWorkerUrl)
  spare = null
  warmEngine()
  const listening = new AbortController()
  const { signal } = listening
  const client: EngineWorker = {
    onEvent: () => {},
    onCrash: () => {},
    start: (job) => worker.postMessage(job, [job.image.data.buffer, job.mask.data.buffer]),
    terminate: () => worker.terminate(),
    release: () => {
      listening.abort()
      if (spare) worker.terminate()
      else spare = worker
    },
  }
  worker.addEventListener('message', ({ data }: MessageEvent<FillEvent>) => client.onEvent(data), { signal })
  const crash = (event: ErrorEvent) => {
    event.preventDefault()
    client.onCrash(event.message)
  }
  worker.addEventListener('error', crash, { signal })
  worker.addEventListener('messageerror', () => client.onCrash('message could not be read'), { signal })
  return client
}
