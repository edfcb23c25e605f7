import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { createGray, createRgba } from '../../core/image/raster'
import type { PredictionInput } from '../../core/prediction/prediction'
import { contractInput, FIELDS, ON_NODE, untilOver } from '../backendContract.testkit'
import { CreateRoutes } from './createRoute'
import { decodeDataUri } from './fakeModel.testkit'
import { startedReplicate } from './startedReplicate.testkit'
import { ReplicateBackend } from './replicateBackend'
import { backendFor } from './replicateBackend.testkit'

const fake = startedReplicate()

const never = new AbortController().signal

/** Noise does not compress: a picture of more than 256 kB as a file. */
function large(): PredictionInput {
  const input = contractInput(1)
  const image = createRgba(400, 400)
  let seed = 1
  for (let i = 0; i < image.data.length; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    image.data[i] = i % 4 === 3 ? 255 : seed >>> 24
  }
  return { ...input, image, mask: createGray(400, 400) }
}

describe('large pictures', () => {
  it('are uploaded where the server takes files; the small mask goes inside the request', async () => {
    const api = fake.mount({ token: 'secret' })
    const backend = backendFor(api, 'secret')
    await untilOver(backend, await backend.create(large(), never))
    const { input } = api.creates()[0].body as { input: Record<string, string> }
    expect(input['image']).toBe(`${api.base}/files/f1`)
    expect(input['mask']).toMatch(/^data:image\/png/)
    expect(decodeDataUri(api.files.get(input['image'])).width).toBe(400)
  })

  it('nothing that can start a run is sent once it is called off while a file goes up', async () => {
    const api = fake.mount()
    const off = new AbortController()
    const made = backendFor(api).create(large(), off.signal, () => off.signal.throwIfAborted())
    off.abort()
    await expect(made).rejects.toHaveProperty('name', 'AbortError')
    expect(api.creates()).toHaveLength(0)
  })

  it('a wrong key says nothing of whether there are files', async () => {
    const api = fake.mount({ token: 'right' })
    await backendFor(api, 'wrong')
      .create(large(), never)
      .catch(() => null)
    await backendFor(api, 'right').create(large(), never)
    expect(api.files.size).toBe(1)
  })

  it('go inside the request where there are no files, which is found out once', async () => {
    const api = fake.mount({ files: false })
    for (let run = 0; run < 2; run++) await backendFor(api).create(large(), never)
    const tries = api.seen.filter(({ path }) => path === '/files')
    expect(tries).toHaveLength(1)
    for (const { body } of api.creates())
      expect((body as { input: Record<string, string> }).input['image']).toMatch(/^data:image\/png/)
  })

  it('that the server refuses report their size, and what to shrink them to', async () => {
    const api = fake.mount({ files: false, onCreate: (call) => (call.text(413, 'too large'), true) })
    const error: unknown = await backendFor(api)
      .create(large(), never)
      .catch((reason: unknown) => reason)
    if (!(error instanceof AppError)) throw new Error('an AppError was expected')
    expect(error.code).toBe('backend/input-too-large')
    const { bytes, limit } = error.data.params
    expect(bytes).toBeGreaterThan(400 * 400 * 3)
    expect(limit).toBe(256 * 1024)
  })
})

it('unchanged picture and mask go by their addresses: the body is the example of the API’s page', async () => {
  const file = new URL('../../core/prediction/fixtures/api-page-example.json', import.meta.url)
  const example = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string
    input: { image: string; mask: string } & PredictionInput['params']
  }
  const { image: imageUrl, mask: maskUrl, ...params } = example.input
  const api = fake.mount()
  const backend = backendFor(api, null, {
    version: example.version,
    model: 'stability-ai/stable-diffusion-inpainting',
  })
  await backend.create({ ...contractInput(1), imageUrl, maskUrl, params }, never)
  expect(api.creates().map(({ path }) => path)).toEqual(['/predictions'])
  expect(api.creates()[0].body).toEqual(example)
})

it('a picture with a public address goes as that address, and a model without a mask is sent none', async () => {
  const api = fake.mount({ statuses: ['processing'] })
  const imageUrl = 'https://pictures.example/a.png'
  const fields = { ...FIELDS, mask: null }
  // The test server fetches no address: only the request is checked.
  await new ReplicateBackend({
    ...ON_NODE,
    base: api.base,
    version: '',
    fields,
    routes: new CreateRoutes(),
    waitSeconds: 4,
  })
    .create({ ...contractInput(1), imageUrl }, never)
    .catch(() => null)
  const body = api.creates()[0].body as { input: Record<string, unknown> }
  expect(api.creates()[0].headers['prefer']).toBe('wait=4')
  expect(body).not.toHaveProperty('version')
  expect(body.input).toMatchObject({ image: imageUrl, prompt: 'a cat' })
  expect(body.input).not.toHaveProperty('mask')
})
