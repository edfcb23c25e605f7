import { describe, expect, it } from 'vitest'
import { deflateSync } from 'node:zlib'
import { encodeGrayPng, encodeRgbaPng } from '../core/image/png'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../core/image/raster'
import type { Backend, ModelFields } from '../core/prediction/backend'
import { isTerminal, type Prediction, type PredictionInput } from '../core/prediction/prediction'

/** A small picture with a square to repaint. */
export function contractInput(outputs = 2): PredictionInput {
  const image = createRgba(96, 64)
  for (let p = 0; p < 96 * 64; p++) image.data.set([(p * 7) % 256, (p * 3) % 256, 90, 255], p * 4)
  const mask = createGray(96, 64)
  for (let y = 20; y < 44; y++) mask.data.fill(255, y * 96 + 30, y * 96 + 60)
  return {
    image,
    imageUrl: null,
    maskUrl: null,
    mask,
    region: { x: 0, y: 0, width: 96, height: 64 },
    params: { prompt: 'a cat', num_outputs: outputs, seed: 5 },
  }
}

/** The fields of the model that the tests ask for. */
export const FIELDS: ModelFields = {
  model: null,
  image: 'image',
  mask: 'mask',
  polarity: 'white',
  count: 'num_outputs',
  seed: 'seed',
  hasRequired: true,
  streams: false,
}

const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))

/** What a backend over HTTP needs of the browser, as Node has it. */
export const ON_NODE = {
  credentials: () => ({ token: null, headers: {} }),
  encode: async (image: RgbaImage | GrayImage) =>
    new Blob([
      await (image.data instanceof Uint8ClampedArray
        ? encodeRgbaPng(image as RgbaImage, deflate)
        : encodeGrayPng(image as GrayImage, deflate)),
    ]),
  toUri: async (file: Blob) =>
    `data:image/png;base64,${Buffer.from(await file.arrayBuffer()).toString('base64')}`,
}

const never = new AbortController().signal

/** Polls until the prediction is over, as a controller would. */
export async function untilOver(backend: Backend, first: Prediction): Promise<Prediction[]> {
  const seen = [first]
  while (!isTerminal(seen.at(-1)!.status)) {
    if (seen.length > 2000) throw new Error('never over')
    await new Promise((resolve) => setTimeout(resolve, 5))
    seen.push(await backend.get(first.id, never))
  }
  return seen
}

/**
 * The tests that every backend passes.
 * @param make a backend whose runs succeed but take a moment
 * @param makeSlow one whose runs go on until they are cancelled, where `make`'s may end by themselves before
 */
export function backendContract(name: string, make: () => Backend, makeSlow = make): void {
  describe(`${name} keeps the backend contract`, () => {
    it('a run ends as succeeded with the outputs asked for', async () => {
      const backend = make()
      const first = await backend.create(contractInput(2), never)
      expect(first.id).not.toBe('')
      const seen = await untilOver(backend, first)
      expect(seen.at(-1)).toMatchObject({ status: 'succeeded', error: null, progress: 1 })
      expect(seen.at(-1)!.outputs).toHaveLength(2)
    })

    it('keeps the caller’s pixels', async () => {
      const backend = make()
      const input = contractInput(1)
      await untilOver(backend, await backend.create(input, never))
      expect(input.image.data).toHaveLength(96 * 64 * 4)
      expect(input.mask.data).toHaveLength(96 * 64)
    })

    it('keeps one id, and progress between 0 and 1', async () => {
      const backend = make()
      const first = await backend.create(contractInput(1), never)
      for (const { id, progress } of await untilOver(backend, first)) {
        expect(id).toBe(first.id)
        if (progress !== null) {
          expect(progress).toBeGreaterThanOrEqual(0)
          expect(progress).toBeLessThanOrEqual(1)
        }
      }
    })

    it('a cancelled run is over, and stays canceled', async () => {
      const backend = makeSlow()
      const first = await backend.create(contractInput(4), never)
      const answer = await backend.cancel(first.id)
      const [last] = (await untilOver(backend, answer)).slice(-1)
      expect(last).toMatchObject({ status: 'canceled', outputs: [] })
      expect((await backend.get(first.id, never)).status).toBe('canceled')
    })

    it('two runs at once do not mix', async () => {
      const backend = make()
      const [a, b] = await Promise.all([
        backend.create(contractInput(1), never),
        backend.create(contractInput(2), never),
      ])
      expect(a.id).not.toBe(b.id)
      const [endA, endB] = await Promise.all([untilOver(backend, a), untilOver(backend, b)])
      expect(endA.at(-1)!.outputs).toHaveLength(1)
      expect(endB.at(-1)!.outputs).toHaveLength(2)
    })

    it('an aborted create rejects, and a run that is not known is an error', async () => {
      const backend = make()
      await expect(
        (async () => backend.create(contractInput(1), AbortSignal.abort()))(),
      ).rejects.toMatchObject({ name: 'AbortError' })
      await expect(backend.get('nobody', never)).rejects.toHaveProperty('data.code')
    })
  })
}
