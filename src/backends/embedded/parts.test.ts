import { expect, it } from 'vitest'
import { grayBounds } from '../../core/image/grayBounds'
import { createGray, createRgba, overlayRgba } from '../../core/image/raster'
import { untilOver } from '../backendContract.testkit'
import { EmbeddedBackend } from './embeddedBackend'
import type { FillJob } from './engineApi'
import type { EngineWorker } from './engineWorkerClient'
import { FIELDS, inlinePool, inlineWorker } from './inlineEngine.testkit'
import { TaskPool } from './taskPool'

const never = new AbortController().signal

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
