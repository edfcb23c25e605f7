import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { freeBytes } from '../../core/freeBytes'
import { createGray, createRgba } from '../../core/image/raster'
import { backendContract, contractInput, untilOver } from '../backendContract.testkit'
import { EmbeddedBackend } from './embeddedBackend'
import type { FillJob } from './engineApi'
import type { EngineWorker } from './engineWorkerClient'
import { FIELDS, inlinePool, inlineWorker } from './inlineEngine.testkit'
import { TaskPool } from './taskPool'

const never = new AbortController().signal

backendContract('the embedded engine', () => new EmbeddedBackend(FIELDS, inlinePool()))

it('the same seed makes the same bytes, and the seeds are reported', async () => {
  const run = async () => {
    const backend = new EmbeddedBackend(FIELDS, inlinePool())
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

function crashing(): EngineWorker {
  return {
    ...inlineWorker(),
    async fill() {
      await setTimeout(5)
      throw new AppError('engine/crashed', { detail: 'out of memory' })
    },
  }
}

it('a worker that crashes is a failed run', async () => {
  const backend = new EmbeddedBackend(FIELDS, new TaskPool(crashing, 1))
  const last = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  expect(last).toMatchObject({ status: 'failed', error: { code: 'engine/crashed', detail: 'out of memory' } })
})

it('where a second worker cannot be had, the first does its work', async () => {
  let started = 0
  const backend = new EmbeddedBackend(
    FIELDS,
    new TaskPool(() => (started++ === 0 ? inlineWorker() : crashing()), 3),
  )
  const last = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  expect(last.status).toBe('succeeded')
})

it.each([
  ['one hole', [50], 1],
  ['holes far apart, joined by what lies between them', [40, 830], 4],
])('frees an input of %s once nothing reads it, and makes the same bytes', async (_, places, done) => {
  const [width, height] = [900, 200]
  const makeInput = () => {
    const image = createRgba(width, height)
    for (let p = 0; p < width * height; p++) image.data.set([(p * 7) % 256, p % 200, 90, 255], p * 4)
    const mask = createGray(width, height)
    for (const x of places)
      for (let y = 90; y < 110; y++) mask.data.fill(255, y * width + x, y * width + x + 20)
    const region = { x: 0, y: 0, width, height }
    return { image, mask, imageUrl: null, maskUrl: null, region, params: { num_outputs: 2, seed: 1 } }
  }
  let ready = 0
  // The second worker cannot be had: its task is made once more.
  let started = 0
  const pool = () =>
    new TaskPool(() => {
      const worker = started++ === 1 ? crashing() : inlineWorker()
      return { ...worker, release: () => ready++ }
    }, 2)
  const run = async (isFreed: boolean) => {
    started = ready = 0
    const input = makeInput()
    const reads: number[] = []
    const onRead = () => {
      reads.push(ready)
      if (isFreed) for (const { data } of [input.image, input.mask]) freeBytes(data)
    }
    const backend = new EmbeddedBackend(FIELDS, pool())
    const last = (await untilOver(backend, await backend.create(input, never, () => {}, onRead))).at(-1)!
    return { last, reads }
  }
  const [kept, freed] = [await run(false), await run(true)]
  expect(freed.reads).toHaveLength(1)
  expect(freed.reads[0]).toBeGreaterThanOrEqual(done)
  expect(freed.last.status).toBe('succeeded')
  expect(freed.last.outputs).toEqual(kept.last.outputs)
})

it('outputs come as they are ready, in their order; no more than the pool’s size at once', async () => {
  let now = 0
  let most = 0
  const counted = () => {
    const worker = inlineWorker()
    return {
      ...worker,
      fill(job: FillJob, onProgress: (fraction: number) => void) {
        most = Math.max(most, ++now)
        return worker.fill(job, onProgress)
      },
      release: () => now--,
    }
  }
  const backend = new EmbeddedBackend(FIELDS, new TaskPool(counted, 2))
  const seen = await untilOver(backend, await backend.create(contractInput(4), never))
  expect(most).toBe(2)
  expect(seen.some(({ status, outputs }) => status === 'processing' && outputs.length > 0)).toBe(true)
  const [first] = seen.at(-1)!.outputs
  for (const { outputs } of seen) if (outputs.length > 0) expect(outputs[0]).toEqual(first)
})

it.each([
  [[9, 4, 4, 7], 1],
  [[0, 4, 4, 7], 0],
  [[9, 8, 4, 0], 3],
])(
  'of outputs whose pieces meet so ill, %j, it judges the one at %i best when all are there',
  async (misfits, best) => {
    const judged = () => {
      const worker = inlineWorker()
      const fill: EngineWorker['fill'] = async (job, report) => ({
        ...(await worker.fill(job, report)),
        misfit: misfits[job.seed - 5],
      })
      return { ...worker, fill }
    }
    const backend = new EmbeddedBackend(FIELDS, new TaskPool(judged, 2))
    const seen = await untilOver(backend, await backend.create(contractInput(4), never))
    expect(seen.at(-1)!).toMatchObject({ best, seeds: [5, 6, 7, 8] })
    for (const { status, best: judgedBest } of seen)
      if (status !== 'succeeded') expect(judgedBest).toBeUndefined()
    const single = await untilOver(backend, await backend.create(contractInput(1), never))
    expect(single.at(-1)!.best).toBeUndefined()
  },
)

it('a task that cannot be made fails its run and takes no worker with it', async () => {
  const pool = inlinePool()
  const failures: string[] = []
  const task = {
    pixels: 1,
    job: () => Promise.reject(new RangeError('no memory')),
    progress: () => {},
    done: () => {},
    failed: ({ detail }: { detail: string | null }) => failures.push(detail ?? ''),
  }
  pool.add([task, task, task])
  await expect.poll(() => failures).toEqual(['no memory', 'no memory', 'no memory'])
  const backend = new EmbeddedBackend(FIELDS, pool)
  const last = (await untilOver(backend, await backend.create(contractInput(2), never))).at(-1)!
  expect(last.status).toBe('succeeded')
})
