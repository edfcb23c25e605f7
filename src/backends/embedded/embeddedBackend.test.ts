import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { freeBytes } from '../../core/freeBytes'
import { grayBounds } from '../../core/image/grayBounds'
import { createGray, createRgba, overlayRgba } from '../../core/image/raster'
import { backendContract, contractInput, untilOver } from '../backendContract.testkit'
import { EmbeddedBackend } from './embeddedBackend'
import type { FillJob } from './engineApi'
import type { EngineWorker } from './engineWorkerClient'
import { inlinePool, inlineWorker } from './inlineEngine.testkit'
import { TaskPool } from './taskPool'

const FIELDS = {
  model: null,
  image: 'image',
  mask: 'mask',
  polarity: 'white' as const,
  count: 'num_outputs',
  seed: 'seed',
  hasRequired: true,
  streams: false,
}
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

it('holes far apart are filled each in its own surroundings, and nothing else is touched', async () => {
  const [width, height] = [900, 200]
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++)
    image.data.set([(p * 7) % 256, (Math.floor(p / width) * 5) % 256, 90, 255], p * 4)
  const mask = createGray(width, height)
  for (const x of [40, 830])
    for (let y = 90; y < 110; y++) mask.data.fill(255, y * width + x, y * width + x + 20)
  const sizes: number[] = []
  const watched = () => {
    const worker = inlineWorker()
    return {
      ...worker,
      fill(job: FillJob, onProgress: (fraction: number) => void) {
        sizes.push(job.image.width)
        return worker.fill(job, onProgress)
      },
    }
  }
  const backend = new EmbeddedBackend(FIELDS, new TaskPool(watched, 2))
  const input = {
    image,
    imageUrl: null,
    maskUrl: null,
    mask,
    region: { x: 0, y: 0, width, height },
    params: { seed: 1 },
  }
  const [output] = (await untilOver(backend, await backend.create(input, never))).at(-1)!.outputs
  expect(sizes).toHaveLength(2)
  expect(Math.max(...sizes)).toBeLessThan(width / 2)
  if (output.kind !== 'pixels' || !output.at) throw new Error('a part expected')
  // Both holes with what lies between them, and no more.
  expect(output.at).toEqual({ x: 8, y: 58, width: 874, height: 84 })
  const made = overlayRgba(image, output.image, output.at.x, output.at.y)
  let inside = 0
  for (let p = 0; p < mask.data.length; p++) {
    const same = [0, 1, 2, 3].every((c) => made.data[p * 4 + c] === image.data[p * 4 + c])
    if (mask.data[p]) inside += same ? 0 : 1
    else if (!same) throw new Error(`changed outside at ${p}`)
  }
  expect(inside).toBeGreaterThan(0)
})

it('a part without a pixel to copy from is filled with the rest', async () => {
  const [width, height] = [900, 200]
  const image = createRgba(width, height)
  // Opaque on the left only.
  for (let y = 0; y < height; y++)
    for (let x = 0; x < 300; x++) image.data.set([x % 256, y, 90, 255], (y * width + x) * 4)
  const mask = createGray(width, height)
  for (const x of [40, 830])
    for (let y = 90; y < 110; y++) mask.data.fill(255, y * width + x, y * width + x + 20)
  const backend = new EmbeddedBackend(FIELDS, inlinePool())
  const input = {
    image,
    imageUrl: null,
    maskUrl: null,
    mask,
    region: { x: 0, y: 0, width, height },
    params: { seed: 1 },
  }
  const last = (await untilOver(backend, await backend.create(input, never))).at(-1)!
  expect(last).toMatchObject({ status: 'succeeded', error: null })
})

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

it('copies from the sampling area only, also where that is beside one hole of several', async () => {
  const [width, height] = [900, 200]
  const image = createRgba(width, height)
  const sources = createGray(width, height)
  const mask = createGray(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const noise = Math.imul(y * width + x + 7, 2654435761) >>> 24
      image.data.set(x < 200 ? [255, noise, 0, 255] : [0, noise, 255, 255], (y * width + x) * 4)
    }
    sources.data.fill(255, y * width, y * width + 200)
  }
  for (const x of [40, 830])
    for (let y = 90; y < 110; y++) mask.data.fill(255, y * width + x, y * width + x + 20)
  const region = { x: 0, y: 0, width, height }
  const input = { image, imageUrl: null, maskUrl: null, mask, sources, region, params: { seed: 1 } }
  const run = async (given: typeof input) => {
    const backend = new EmbeddedBackend(FIELDS, inlinePool())
    return (await untilOver(backend, await backend.create(given, never))).at(-1)!
  }
  const [output] = (await run(input)).outputs
  if (output?.kind !== 'pixels' || !output.at) throw new Error('a part expected')
  const { data } = overlayRgba(image, output.image, output.at.x, output.at.y)
  const foreign = mask.data.filter((value, p) => value > 0 && (data[p * 4] !== 255 || data[p * 4 + 2] !== 0))
  expect(foreign).toHaveLength(0)
  const empty = await run({ ...input, sources: createGray(width, height) })
  expect(empty).toMatchObject({ status: 'failed', error: { code: 'engine/no-sampling' } })
})

it('hands guide lines to each part as that part sees them', async () => {
  const [width, height] = [900, 200]
  const image = createRgba(width, height)
  image.data.fill(200)
  const mask = createGray(width, height)
  for (const x of [40, 830])
    for (let y = 90; y < 110; y++) mask.data.fill(255, y * width + x, y * width + x + 20)
  const jobs: FillJob[] = []
  const worker = () => {
    const inline = inlineWorker()
    const fill: EngineWorker['fill'] = (job, report) => {
      // The engine frees what it is given.
      jobs.push({ ...job, mask: { ...job.mask, data: job.mask.data.slice() } })
      return inline.fill(job, report)
    }
    return { ...inline, fill }
  }
  const backend = new EmbeddedBackend(FIELDS, new TaskPool(worker, 1))
  const region = { x: 0, y: 0, width, height }
  const points = [
    { x: 10, y: 100 },
    { x: 890, y: 104 },
  ]
  const input = { image, imageUrl: null, maskUrl: null, mask, guides: [{ points }], region, params: {} }
  await untilOver(backend, await backend.create(input, never))
  expect(jobs).toHaveLength(2)
  for (const job of jobs) {
    const [from, to] = job.guides![0].points
    expect([to.x - from.x, to.y - from.y]).toEqual([880, 4])
    expect(from.y).toBe(grayBounds(job.mask).y + 10)
  }
  expect(jobs[0].guides![0].points[0].x).toBeGreaterThan(jobs[1].guides![0].points[0].x)
})
