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

scope.onmessage = ({ data: { engineId, ...request } }) => {
  try {
    const chosen = ENGINES.find(({ id }) => id === engineId) ?? ENGINES[0]
    let last = 0
    const filled = chosen.engine.run(request, (fraction) => {
      const now = performance.now()
      if (now - last < PROGRESS_GAP_MS) return
      last = now
      send({ kind: 'progress', fraction })
    })
    send({ kind: 'done', image: filled }, [filled.data.buffer])
  } catch (error) {
    send({ kind: 'error', error: errorData(error) })
  }
}
