import { transfer } from 'comlink'
import { startModuleWorker } from '../../platform/trustedTypes'
import { WorkerClient } from '../../platform/workerClient'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import onnxWorkerUrl from './onnx.worker.ts?worker&url'
import type { ModelWorker, OnnxApi } from './onnxApi'

export function startOnnxWorker(): ModelWorker {
  const client = new WorkerClient<OnnxApi>({
    start: () => startModuleWorker(onnxWorkerUrl),
    failure: 'engine/crashed',
  })
  return {
    check: (job) => client.call((api) => api.check(job)),
    load: (job) => client.call((api) => api.load(job)),
    fillHole: (job, image, mask, variant) => {
      const buffers = [image.data.buffer, mask.data.buffer]
      return client.call((api) => api.fillHole(job, transfer(image, buffers), mask, variant))
    },
    terminate: () => client.terminate(),
  }
}
