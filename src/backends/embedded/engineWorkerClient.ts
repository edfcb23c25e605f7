import { transfer } from 'comlink'
import { startModuleWorker } from '../../platform/trustedTypes'
import { WorkerClient } from '../../platform/workerClient'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import engineWorkerUrl from './engine.worker.ts?worker&url'
import type { EngineAnswer } from '../../engine/fillEngine'
import type { EngineApi, FillJob } from './engineApi'

/** Runs one job at a time: a worker in the page, the engine itself in a test. */
export interface EngineWorker {
  /**
   * @param job its buffers are transferred
   * @param onProgress called with 0..1
   * @returns the part that was masked
   * @throws AppError `engine/crashed` where the worker failed or was ended, `page/part-missing` where its script did not
   * come, else what the engine throws
   */
  fill(job: FillJob, onProgress: (fraction: number) => void): Promise<EngineAnswer>
  /** Ends it at once, whatever it is doing. */
  terminate(): void
  /** Gives it back after its job, for another run. */
  release(): void
}

type Client = WorkerClient<EngineApi>

/** A job of more pixels leaves garbage of some hundred MB, which its worker keeps for a while. */
const MAX_KEPT_PIXELS = 2_000_000

/** Workers whose script is loaded: the next tasks need no network for it. */
const spares: Client[] = []
/** Idle workers that are kept: as many as serve one run. */
const MAX_SPARES = 4

/** Loads a worker ahead of its run. */
export function warmEngine(): void {
  if (spares.length > 0) return
  const client = createClient()
  client.warm()
  spares.push(client)
}

/** @returns a worker that is loaded already, or else a new one */
export function startEngineWorker(): EngineWorker {
  const client = spares.pop() ?? createClient()
  warmEngine()
  let pixels = 0
  return {
    async fill(job, onProgress) {
      pixels = job.image.width * job.image.height
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', ({ data }: MessageEvent<number>) => onProgress(data))
      port1.start()
      const buffers = [job.image, job.mask, job.sources].flatMap((part) => part?.data.buffer ?? [])
      try {
        return await client.call((api) => api.fill(transfer(job, buffers), transfer(port2, [port2])))
      } finally {
        port1.close()
      }
    },
    terminate: () => client.terminate(),
    release() {
      // The last one is kept whatever it holds: without a network there is no other.
      const isSpent = pixels > MAX_KEPT_PIXELS && spares.length > 0
      if (isSpent || spares.length >= MAX_SPARES) client.terminate()
      else spares.push(client)
    },
  }
}

function createClient(): Client {
  const client: Client = new WorkerClient<EngineApi>({
    start: () => startModuleWorker(engineWorkerUrl),
    failure: 'engine/crashed',
    onEnd() {
      const at = spares.indexOf(client)
      if (at >= 0) spares.splice(at, 1)
    },
  })
  return client
}
