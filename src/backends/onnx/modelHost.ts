import { startOnnxWorker } from './onnxWorkerClient'
import type { ModelWorker } from './onnxApi'

/** The one worker that has a model loaded: what it is asked for is done in turn. */
export class ModelHost {
  private readonly start: () => ModelWorker
  private worker: ModelWorker | null = null
  private last: Promise<void> = Promise.resolve()

  constructor(start: () => ModelWorker) {
    this.start = start
  }

  /**
   * Works when its turn comes. An abort ends the worker, as nothing else stops a model.
   * @throws what `work` throws; AbortError
   */
  async run<Result>(signal: AbortSignal, work: (worker: ModelWorker) => Promise<Result>): Promise<Result> {
    const turn = this.last
    let leave = () => {}
    this.last = new Promise((resolve) => (leave = resolve))
    try {
      await turn
      signal.throwIfAborted()
      this.worker ??= this.start()
      return await endedBy(signal, this.worker, work)
    } finally {
      leave()
    }
  }
}

function endedBy<Result>(
  signal: AbortSignal,
  worker: ModelWorker,
  work: (worker: ModelWorker) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.terminate()
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('', 'AbortError'))
    }
    signal.addEventListener('abort', end, { once: true })
    void work(worker)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', end))
  })
}

/** The page's one. */
export const modelHost = new ModelHost(startOnnxWorker)
