import * as runtime from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import { createGray, createRgba, overlayRgba } from '../../core/image/raster'
import { readSignature } from './graphSignature'
import { inlineModelWorker, ON_NODE } from './inlineModels.testkit'
import { profileOf } from './modelProfile'
import type { ModelJob } from './onnxApi'
import { classifier, lama, miganPipeline, packed } from './onnxGraph.testkit'

async function jobOf(file: Blob): Promise<ModelJob> {
  return { id: crypto.randomUUID(), file, profile: profileOf(await readSignature(file, 'a'), 'a') }
}

const AROUND = [200, 120, 40, 255]

/** A flat picture with something else in its hole, which the test graphs fill with the mean of what they see. */
function scene(width: number, height: number) {
  const image = createRgba(width, height)
  const mask = createGray(width, height)
  for (let p = 0; p < width * height; p++) {
    image.data.set(AROUND, p * 4)
    const [x, y] = [p % width, Math.floor(p / width)]
    if (x > width * 0.2 && x < width * 0.4 && y > height * 0.3 && y < height * 0.6) {
      mask.data[p] = 255
      image.data.set([0, 255, 255, 255], p * 4)
    }
  }
  return { image, mask }
}

describe('a grey picture tells how a graph means its values', () => {
  it.each([
    ['LaMa, 0..255', lama({ side: 64 }), { hole: 1, input: 'unit', output: 'byte' }],
    ['LaMa, 0..1', lama({ times: 1 }), { hole: 1, output: 'unit' }],
    ['LaMa with the mask in reverse', lama({ keeps: true }), { hole: 0, output: 'byte' }],
    ['MI-GAN, 255 keeps', miganPipeline(), { hole: 0, input: 'byte', output: 'byte' }],
    ['MI-GAN, 255 fills', miganPipeline({ keeps: false }), { hole: 1 }],
    ['four channels, the mask last', packed('mask last'), { hole: 1, order: 'mask last', output: 'unit' }],
    [
      'four channels, the mask first',
      packed('mask first'),
      { hole: 0, order: 'mask first', output: 'signed' },
    ],
  ])('%s; its fill is the colour around', async (_name, file, convention) => {
    const worker = inlineModelWorker()
    const job = await jobOf(file)
    const facts = await worker.check(job)
    expect(facts).toMatchObject({ provider: 'wasm', convention })
    for (const [width, height, variants] of [
      [64, 64, [0]],
      [190, 110, [0, 1, 2, 3]],
      [40, 90, [2]],
    ] as const) {
      const { image, mask } = scene(width, height)
      for (const variant of variants) {
        const { part } = await worker.fillHole({ ...job, ...facts }, image, mask, variant)
        const { data } = overlayRgba(image, part.image, part.at.x, part.at.y)
        const isOff = (p: number) => AROUND.some((value, c) => Math.abs(data[p * 4 + c] - value) > 2)
        expect([...mask.data.keys()].filter(isOff)).toEqual([])
      }
    }
  })

  it('a graph that answers nonsense is refused', async () => {
    const job = await jobOf(lama({ operator: 'Sub', times: 3 }))
    await expect(inlineModelWorker().check(job)).rejects.toMatchObject({ data: { code: 'onnx/senseless' } })
  })
})

describe('what the runtime refuses is said', () => {
  it('an operator that it lacks', async () => {
    const job = await jobOf(lama({ operator: 'FancyFourier' }))
    await expect(inlineModelWorker().check(job)).rejects.toMatchObject({
      data: { code: 'onnx/operator', params: { operator: 'FancyFourier' } },
    })
  })

  const memory = { code: 'onnx/no-memory', params: { megabytes: 0 } }
  const operator = (name: string) => ({ code: 'onnx/operator', params: { operator: name } })
  it.each([
    [new RangeError('Array buffer allocation failed'), memory],
    [new Error("Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc"), memory],
    [1_234_567, memory],
    [new Error('Could not find an implementation for DFT(20) node with name fft'), operator('DFT')],
    [new Error('Could not find an implementation for the node /model/fft:DFT(20)'), operator('DFT')],
    [new Error('Fatal error: com.microsoft:Fancy(-1) is not a registered function/op'), operator('Fancy')],
    [
      new Error('ERROR_MESSAGE: Failed to load model because protobuf parsing failed.'),
      { code: 'onnx/not-a-model' },
    ],
    [new Error('something else'), { code: 'onnx/failed', detail: 'something else' }],
  ])('in its own words: %s', async (refusal, data) => {
    const refusing = { ...runtime, InferenceSession: { create: () => Promise.reject(refusal) } }
    const place = { ...ON_NODE, loadRuntime: () => Promise.resolve(refusing as unknown as typeof runtime) }
    await expect(inlineModelWorker(place).check(await jobOf(lama()))).rejects.toMatchObject({ data })
  })

  it('an answer that is no picture', async () => {
    const { file, ...job } = await jobOf(lama({ side: 64 }))
    const wrong = { ...job, file: classifier(), profile: { ...job.profile, output: 'classes' } }
    await expect(inlineModelWorker().check({ ...wrong, id: 'other' })).rejects.toMatchObject({
      data: { code: 'onnx/failed' },
    })
    expect(file.size).toBeGreaterThan(0)
  })
})

it('a model that fails on the graphics processor runs on the processor; it is tried once', async () => {
  const asked: string[] = []
  const watched = {
    ...runtime,
    InferenceSession: {
      create(model: Uint8Array, options: { executionProviders: [string] }) {
        const [provider] = options.executionProviders
        asked.push(provider)
        if (provider === 'webgpu') return Promise.reject(new Error('[WebGPU] Kernel failed: 63 != 64'))
        return runtime.InferenceSession.create(model, { executionProviders: [provider] })
      },
    },
  }
  const place = {
    mayUseGpu: () => true,
    threadCount: () => 1,
    loadRuntime: () => Promise.resolve(watched as unknown as typeof runtime),
  }
  const worker = inlineModelWorker(place)
  const job = await jobOf(lama())
  const facts = await worker.check(job)
  expect(facts.provider).toBe('wasm')
  const { image, mask } = scene(64, 64)
  const { provider } = await worker.fillHole({ ...job, ...facts, provider: 'webgpu' }, image, mask, 0)
  expect(provider).toBe('wasm')
  expect(asked).toEqual(['webgpu', 'wasm'])
})
