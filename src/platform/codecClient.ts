import type { Remote } from 'comlink'
import type { CodecApi } from './codecApi'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import codecWorkerUrl from './codec.worker.ts?worker&url'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const TIMEOUT_MS = 120_000

/** One codec worker. */
class Codec {
  private readonly client = new WorkerClient<CodecApi>({ start: () => startModuleWorker(codecWorkerUrl) })

  /**
   * @param timeoutMs ends the worker and rejects all its pending calls: a file may never finish decoding
   * @throws AppError `image/decode-timeout`, or what the worker reports
   */
  call<Answer>(work: (api: Remote<CodecApi>) => Promise<Answer>, timeoutMs = TIMEOUT_MS): Promise<Answer> {
    return this.client.callWithin({ ms: timeoutMs, code: 'image/decode-timeout' }, work)
  }

  /** Loads the worker before it is needed, so that it needs no network then. */
  warm(): void {
    this.client.warm()
  }
}

/** For pictures from outside: ending this worker harms nothing else. */
export const openingCodec = new Codec()
/** For the page's own pixels. */
export const codec = new Codec()
