import { expect, it } from 'vitest'
import { ENGINES } from '../../engine/engineRegistry'
import { backendContract, contractInput, untilOver } from '../backendContract.testkit'
import { EmbeddedBackend } from './embeddedBackend'
import type { EngineWorker } from './engineWorkerClient'

const FIELDS = {
  image: 'image',
  mask: 'mask',
  polarity: 'white' as const,
  count: 'num_outputs',
  seed: 'seed',
  hasRequired: true,
  streams: false,
}
const never = new AbortController().signal

/** The worker's messages without a worker: one output a task, nothing after terminate. */
function inlineWorker(): EngineWorker {
  let ended = false
  const worker: EngineWorker = {
    onEvent: () => {},
    onCrash: () => {},
    start(job) {
      const step = (output: number) => {
        if (ended) return
        if (output === job.seeds.length) {
          worker.onEvent({ kind: 'done' })
          return
        }
        const { engine } = ENGINES[0]
        const image = engine.run({ image: job.image, mask: job.mask, seed: job.seeds[output] }, (fraction) =>
          worker.onEvent({ kind: 'progress', output, fraction }),
        )
        worker.onEvent({ kind: 'output', output, image, ms: 1 })
        setTimeout(() => step(output + 1), 5)
      }
      setTimeout(() => step(0), 10)
    },
    terminate: () => {
      ended = true
    },
    release: () => {},
  }
  return worker
}

backendContract('the embedded engine', () => new EmbeddedBackend(FIELDS, inlineWorker))

it('the same seed makes the same bytes, and tells the seeds', async () => {
  const run = async () => {
    const backend = new EmbeddedBackend(FIELDS, inlineWorker)
    return (await untilOver(backend, await backend.create(contractInput(2), never))).at(-1)!
  }
  const [one, two] = [await run(), await run()]
  expect(one.seeds).toEqual([5, 6])
  one.outputs.forEach((output, k) => {
    const other = two.outputs[k]
    if (output.kind !== 'pixels' || other.kind !== 'pixels') throw new Error('pixels expected')
    expect(Buffer.compare(Buffer.from(output.image.data), Buffer.from(other.image.data))).toBe(0)
  })
})

it('a worker that crashes is a failed run', async () => {
  const backend = new EmbeddedBackend(FIELDS, () => {
    const worker = inlineWorker()
    worker.start = () => setTimeout(() => worker.onCrash('out of memory'), 5)
    return worker
  })
  const last = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  expect(last).toMatchObject({ status: 'failed', error: { code: 'engine/crashed', detail: 'out of memory' } })
})
