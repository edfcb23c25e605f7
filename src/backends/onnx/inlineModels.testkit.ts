import * as runtime from 'onnxruntime-web'
import type { ModelWorker } from './onnxApi'
import { createOnnxEngine, type RuntimePlace } from './onnxEngine'

/** The runtime as Node has it: WebAssembly, one thread. */
export const ON_NODE: RuntimePlace = {
  mayUseGpu: () => false,
  threadCount: () => 1,
  loadRuntime() {
    runtime.env.wasm.numThreads = 1
    runtime.env.logLevel = 'fatal'
    return Promise.resolve(runtime)
  },
}

/** The worker's work in this thread, with no answer after its end. */
export function inlineModelWorker(place: RuntimePlace = ON_NODE): ModelWorker {
  let engine = createOnnxEngine(place)
  let round = 0
  const answering = async <Result>(work: Promise<Result>): Promise<Result> => {
    const started = round
    const result = await work
    return started === round ? result : new Promise(() => {})
  }
  return {
    check: (job) => answering(engine.check(job)),
    load: (job) => answering(engine.load(job)),
    fillHole: (...job) => answering(engine.fillHole(...job)),
    terminate() {
      round++
      engine = createOnnxEngine(place)
    },
  }
}
