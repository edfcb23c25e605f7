import { expose, transfer } from 'comlink'
import { allowOwnScripts } from '../../platform/trustedTypes'
import { shareErrors } from '../../platform/workerErrors'
import type { OnnxApi } from './onnxApi'
import { createOnnxEngine } from './onnxEngine'
import { loadRuntime, mayUseGpu, threadCount } from './onnxRuntime'

// The runtime starts its threads from its own file.
allowOwnScripts()
const engine = createOnnxEngine({ loadRuntime, mayUseGpu, threadCount })

const api: OnnxApi = {
  ...engine,
  async fillHole(...job) {
    const answer = await engine.fillHole(...job)
    return transfer(answer, [answer.part.image.data.buffer, answer.small.data.buffer])
  },
}

shareErrors()
expose(api)
