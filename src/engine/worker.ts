import { errorData } from '../core/errors'
import { ENGINES } from './engineRegistry'
import type { FillEvent, FillJob } from './protocol'

/** What a dedicated worker's global offers; the DOM's types describe a window. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<FillJob>) => void) | null
  postMessage(message: FillEvent, transfer: Transferable[]): void
}

const scope = globalThis as unknown as WorkerScope
const PROGRESS_GAP_MS = 50

function send(event: FillEvent, transfer: Transferable[] = []): void {
  scope.postMessage(event, transfer)
}

scope.onmessage = ({ data: job }) => {
  try {
    const chosen = ENGINES.find(({ id }) => id === job.engineId) ?? ENGINES[0]
    job.seeds.forEach((seed, output) => {
      const start = performance.now()
      let last = start
      const image = chosen.engine.run({ image: job.image, mask: job.mask, seed }, (fraction) => {
        const now = performance.now()
        if (now - last < PROGRESS_GAP_MS) return
        last = now
        send({ kind: 'progress', output, fraction })
      })
      send({ kind: 'output', output, image, ms: performance.now() - start }, [image.data.buffer])
    })
    send({ kind: 'done' })
  } catch (error) {
    send({ kind: 'error', error: errorData(error) })
  }
}
