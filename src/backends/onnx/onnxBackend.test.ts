import { expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { createGray, createRgba, overlayRgba, type RgbaImage } from '../../core/image/raster'
import type { Prediction, PredictionInput } from '../../core/prediction/prediction'
import { Random } from '../../engine/random'
import { backendContract, contractInput, FIELDS, untilOver } from '../backendContract.testkit'
import { inlinePool } from '../embedded/inlineEngine.testkit'
import { readSignature } from './graphSignature'
import { inlineModelWorker } from './inlineModels.testkit'
import { ModelHost } from './modelHost'
import { profileOf } from './modelProfile'
import type { ModelWorker } from './onnxApi'
import { OnnxBackend } from './onnxBackend'
import { lama } from './onnxGraph.testkit'

const never = new AbortController().signal
const MODEL_FILE = lama({ side: 64 })

async function find(id: string) {
  if (id !== 'mine') throw new AppError('onnx/missing')
  const profile = profileOf(await readSignature(MODEL_FILE, 'mine.onnx'), 'mine.onnx')
  const convention = { hole: 1, order: 'mask last', input: 'unit', output: 'byte' } as const
  return { id, name: 'mine.onnx', file: MODEL_FILE, profile, convention, provider: 'wasm' as const }
}

function backendWith(id = 'mine', worker: ModelWorker = inlineModelWorker()): OnnxBackend {
  return new OnnxBackend(id, FIELDS, { find, host: new ModelHost(() => worker), pool: inlinePool() })
}

backendContract('a model on this device', () => backendWith())

const [WIDTH, HEIGHT] = [480, 360]

/** A flat, grainy picture with a hole of another colour, larger than the model sees it. */
function largeInput(params: PredictionInput['params']): PredictionInput {
  const random = new Random(4)
  const image = createRgba(WIDTH, HEIGHT)
  const mask = createGray(WIDTH, HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const grain = random.around(30)
    image.data.set([150 + grain, 110 + grain, 70 + grain, 255], p * 4)
  }
  for (let y = 120; y < 240; y++) mask.data.fill(255, y * WIDTH + 180, y * WIDTH + 300)
  for (let p = 0; p < mask.data.length; p++) if (mask.data[p]) image.data.set([255, 0, 255, 255], p * 4)
  const region = { x: 0, y: 0, width: WIDTH, height: HEIGHT }
  return { image, imageUrl: null, maskUrl: null, mask, region, params }
}

async function endOf(input: PredictionInput): Promise<Prediction> {
  const backend = backendWith()
  const last = (await untilOver(backend, await backend.create(input, never))).at(-1)!
  expect(last).toMatchObject({ status: 'succeeded', error: null })
  return last
}

async function outputsOf(input: PredictionInput): Promise<RgbaImage[]> {
  const last = await endOf(input)
  return last.outputs.map((output) => {
    if (output.kind !== 'pixels' || !output.at) throw new Error('a part expected')
    return overlayRgba(input.image, output.image, output.at.x, output.at.y)
  })
}

/** The mean difference between neighbours in the hole. */
function roughness({ data }: RgbaImage): number {
  let sum = 0
  for (let y = 130; y < 230; y++)
    for (let x = 190; x < 290; x++)
      sum += Math.abs(data[(y * WIDTH + x) * 4] - data[(y * WIDTH + x + 1) * 4]) / 10_000
  return sum
}

it('a large hole has the photo’s grain in the first output, the model’s own answer in the second', async () => {
  const input = largeInput({ num_outputs: 2, seed: 3 })
  const [photo, model] = await outputsOf(input)
  for (const made of [photo, model]) {
    let sum = 0
    for (let p = 0; p < input.mask.data.length; p++) if (input.mask.data[p]) sum += made.data[p * 4]
    expect(Math.abs(sum / 14_400 - 150)).toBeLessThan(4)
  }
  expect(roughness(model)).toBeLessThan(1)
  expect(roughness(photo)).toBeGreaterThan(12)
})

it('each detail is to be had alone', async () => {
  const [photo] = await outputsOf(largeInput({ num_outputs: 1, seed: 3, fill_detail: 'photo' }))
  const [model] = await outputsOf(largeInput({ num_outputs: 1, seed: 3, fill_detail: 'model' }))
  expect(roughness(photo)).toBeGreaterThan(12)
  expect(roughness(model)).toBeLessThan(1)
})

it('where all is masked the photo has no detail to give: the model’s own answer stands', async () => {
  const input = largeInput({ num_outputs: 1 })
  input.mask.data.fill(255)
  expect(await outputsOf(input)).toHaveLength(1)
  // Nor is it said to have any.
  expect((await endOf(input)).details).toEqual(['model'])
})

it('tells of each output whose detail it has', async () => {
  const detailsOf = async (params: PredictionInput['params']) => (await endOf(largeInput(params))).details
  expect(await detailsOf({ num_outputs: 3, seed: 3 })).toEqual(['photo', 'model', 'photo'])
  expect(await detailsOf({ num_outputs: 1, fill_detail: 'model' })).toEqual(['model'])
})

it('a model that is not here any more fails its run, and says so', async () => {
  const backend = backendWith('gone')
  const last = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  expect(last).toMatchObject({ status: 'failed', error: { code: 'onnx/missing' } })
})

/** A worker that loads its model no sooner than told. */
function slowWorker() {
  const worker = inlineModelWorker()
  const ends = { count: 0 }
  let load = () => {}
  const told = new Promise<void>((resolve) => (load = resolve))
  const slow: ModelWorker = {
    ...worker,
    async load(job) {
      await told
      return worker.load(job)
    },
    terminate() {
      ends.count++
      worker.terminate()
    },
  }
  return { slow, ends, load }
}

it('tells that it loads the model, and what the model ran on', async () => {
  const { slow, load } = slowWorker()
  const backend = backendWith('mine', slow)
  const first = await backend.create(contractInput(1), never)
  await expect.poll(async () => (await backend.get(first.id)).waitsFor, { interval: 1 }).toBe('model')
  load()
  expect((await untilOver(backend, first)).at(-1)!.logs).toBe('mine.onnx\nWebAssembly, threads: 1\n')
})

it('a cancel ends the worker, and the next run starts it again', async () => {
  const { slow, ends, load } = slowWorker()
  const backend = backendWith('mine', slow)
  const { id } = await backend.create(contractInput(1), never)
  await expect.poll(async () => (await backend.get(id)).waitsFor, { interval: 1 }).toBe('model')
  expect((await backend.cancel(id)).status).toBe('canceled')
  expect(ends.count).toBe(1)
  load()
  const last = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  expect(last.status).toBe('succeeded')
})
