import { expose, transfer } from 'comlink'
import { ENGINES } from '../../engine/engineRegistry'
import { shareErrors } from '../../platform/workerErrors'
import type { EngineApi } from './engineApi'

const PROGRESS_GAP_MS = 50

const api: EngineApi = {
  async fill({ engineId, ...request }, progress) {
    const { engine } = ENGINES.find(({ id }) => id === engineId) ?? ENGINES[0]
    let last = 0
    const part = await engine.runPart(request, (fraction) => {
      const now = performance.now()
      if (now - last < PROGRESS_GAP_MS) return
      last = now
      progress.postMessage(fraction)
    })
    return transfer(part, [part.image.data.buffer])
  },
}

shareErrors()
expose(api)
