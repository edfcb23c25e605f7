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

/** Workers whose script is loaded: the next tasks need no network for it. */
const spares: Worker[] = []
/** As many as serve one run; one is loaded before there is any. */
const MOST_SPARES = 4

/** Loads a worker ahead of its run. */
export function warmEngine(): void {
  if (spares.length > 0) return
  const worker = startModuleWorker(engineWorkerUrl)
  spares.push(worker)
  worker.addEventListener('error', () => {
    const at = spares.indexOf(worker)
    if (at >= 0) spares.splice(at, 1)
  })
}

export function startEngineWorker(): EngineWorker {
  const worker = spares.pop() ?? startModuleWorker(engineWorkerUrl)
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
      if (spares.length >= MOST_SPARES) worker.terminate()
      else spares.push(worker)
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
