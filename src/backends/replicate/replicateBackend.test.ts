import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { createGray, createRgba } from '../../core/image/raster'
import type { PredictionInput } from '../../core/prediction/prediction'
import { backendContract, contractInput, FIELDS, ON_NODE, untilOver } from '../backendContract.testkit'
import { CreateRoutes } from './createRoute'
import { decodeDataUri } from './fakeModel.testkit'
import type { Call, Mounted, Scenario } from './fakeMount.testkit'
import { FakeReplicate } from './fakeReplicate.testkit'
import { ReplicateBackend } from './replicateBackend'

const fake = new FakeReplicate()
beforeAll(() => fake.start())
afterAll(() => fake.stop())

const never = new AbortController().signal
function backendFor(
  api: Mounted,
  token: string | null = null,
  asked: { readonly version?: string; readonly model?: string; readonly routes?: CreateRoutes } = {},
): ReplicateBackend {
  const { version = 'v123', model = null, routes = new CreateRoutes() } = asked
  return new ReplicateBackend({
    ...ON_NODE,
    base: api.base,
    version,
    fields: { ...FIELDS, model },
    routes,
    credentials: () => ({ token, headers: {} }),
    waitSeconds: null,
  })
}

backendContract('the Replicate protocol', () =>
  backendFor(fake.mount({ statuses: ['starting', 'processing', 'succeeded'] })),
)
backendContract('a gateway with foreign urls and ids of its own', () =>
  backendFor(fake.mount({ gateway: true, statuses: ['starting', 'processing', 'succeeded'] })),
)

const OFFICIAL = { version: 'black-forest-labs/flux-fill-pro', model: 'black-forest-labs/flux-fill-pro' }
const COMMUNITY = { version: 'f'.repeat(64), model: 'some/filler' }
backendContract('a gateway that takes creates at the models’ own paths only', () =>
  backendFor(fake.mount({ gateway: true, routes: 'models', missing: 405 }), null, COMMUNITY),
)
backendContract('a server without the models’ own paths', () =>
  backendFor(fake.mount({ routes: 'predictions' }), null, OFFICIAL),
)

describe('where a create goes', () => {
  const paths = (api: Mounted) => api.creates().map(({ path }) => path)
  const bodies = (api: Mounted) => api.creates().map(({ body }) => Object.keys(body as object).toSorted())
  const own = (model: string) => `/models/${model}/predictions`

  it('an official model’s own path, with its input alone', async () => {
    const api = fake.mount()
    await backendFor(api, null, OFFICIAL).create(contractInput(1), never)
    expect(paths(api)).toEqual([own(OFFICIAL.model)])
    expect(bodies(api)).toEqual([['input']])
  })

  it('the common path, with the version, for any other', async () => {
    const api = fake.mount()
    await backendFor(api, null, COMMUNITY).create(contractInput(1), never)
    const version = `other/model:${COMMUNITY.version}`
    await backendFor(api, null, { ...COMMUNITY, version }).create(contractInput(1), never)
    expect(paths(api)).toEqual(['/predictions', '/predictions'])
    expect(api.creates()[1].body).toMatchObject({ version })
  })

  it.each([
    ['models', 404, COMMUNITY],
    ['models', 405, COMMUNITY],
    ['predictions', 404, OFFICIAL],
    ['predictions', 405, OFFICIAL],
  ] as const)(
    'a server that has %s only, and else answers %i, is asked wrong once',
    async (routes, missing, asked) => {
      const api = fake.mount({ routes, missing })
      const known = new CreateRoutes()
      const learned: unknown[] = []
      known.onLearned((...what) => learned.push(what))
      await backendFor(api, null, { ...asked, routes: known }).create(contractInput(1), never)
      await backendFor(api, null, { ...asked, routes: known }).create(contractInput(1), never)
      const right = routes === 'models' ? own(asked.model) : '/predictions'
      expect(paths(api).slice(1)).toEqual([right, right])
      expect(paths(api)[0]).not.toBe(right)
      expect(api.predictions.size).toBe(2)
      expect(learned).toEqual([[api.base, routes]])
    },
  )

  it.each([
    ['dropped', (call: Call) => (call.drop(), true)],
    ['a server error', (call: Call) => (call.json(500, {}), true)],
    ['HTML', (call: Call) => (call.text(200, '<html>'), true)],
    ['bad input', (call: Call) => (call.json(422, {}), true)],
    ['a wrong token', (call: Call) => (call.json(401, {}), true)],
  ])('an answer that is %s is followed by no other create', async (_name, onCreate) => {
    for (const asked of [OFFICIAL, COMMUNITY]) {
      const api = fake.mount({ onCreate })
      await expect(backendFor(api, null, asked).create(contractInput(1), never)).rejects.toThrow()
      expect(api.creates()).toHaveLength(1)
    }
  })

  it('a server that has neither is named by its first answer', async () => {
    const api = fake.mount({
      onCreate: (call, number) => (call.json(number ? 405 : 404, { detail: 'no' }), true),
    })
    await expect(backendFor(api, null, COMMUNITY).create(contractInput(1), never)).rejects.toMatchObject({
      code: 'backend/not-found',
    })
    expect(api.creates()).toHaveLength(2)
  })
})

it('sends version and input and nothing else, picture and mask as data URIs of the same size', async () => {
  const api = fake.mount({ token: 'secret' })
  await backendFor(api, 'secret').create(contractInput(1), never)
  const [create] = api.creates()
  const body = create.body as { version: string; input: Record<string, unknown> }
  expect(Object.keys(body).toSorted()).toEqual(['input', 'version'])
  expect(body.version).toBe('v123')
  expect(body.input).toMatchObject({ prompt: 'a cat', num_outputs: 1, seed: 5 })
  const image = decodeDataUri(body.input['image'])
  const mask = decodeDataUri(body.input['mask'])
  expect([mask.width, mask.height]).toEqual([image.width, image.height])
  expect(mask.channels).toBe(1)
  expect([mask.data[0], mask.data[30 * 96 + 40]]).toEqual([0, 255])
  expect(create.authorization).toBe('Bearer secret')
})

it('polls and cancels below its base, never where the answer points', async () => {
  const api = fake.mount({ statuses: ['processing'] })
  const backend = backendFor(api)
  const first = await backend.create(contractInput(1), never)
  await backend.get(first.id, never)
  await backend.cancel(first.id)
  expect(api.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /predictions',
    `GET /predictions/${first.id}`,
    `POST /predictions/${first.id}/cancel`,
  ])
})

describe('create answers', () => {
  const cases: [string, Scenario['onCreate'], string, boolean][] = [
    ['a wrong token', (call) => (call.json(401, { detail: 'no' }), true), 'backend/unauthorized', false],
    ['no credit', (call) => (call.json(402, { detail: 'pay' }), true), 'backend/payment', false],
    ['an unknown path', (call) => (call.json(404, { detail: 'no' }), true), 'backend/not-found', false],
    ['too much', (call) => (call.text(413, 'too large'), true), 'backend/input-too-large', false],
    [
      'bad input',
      (call) => (call.json(422, { detail: '- input.seed: no' }), true),
      'backend/invalid-input',
      false,
    ],
    ['a limit', (call) => (call.json(429, { detail: 'resets in ~3s' }), true), 'backend/rate-limited', false],
    [
      'unavailable for a while',
      (call) => (call.json(503, {}, { 'retry-after': '2' }), true),
      'backend/server-error',
      false,
    ],
    [
      'unavailable, who knows how long',
      (call) => (call.json(503, { detail: 'back in ~3s' }), true),
      'backend/server-error',
      true,
    ],
    [
      'a server error',
      (call) => (call.text(500, '<html><body>oops</body></html>'), true),
      'backend/server-error',
      true,
    ],
    ['HTML', (call) => (call.text(200, '<html><body>hello</body></html>'), true), 'backend/not-json', true],
    ['nothing', (call) => (call.json(200, {}), true), 'backend/no-id', true],
    ['an object as id', (call) => (call.json(200, { id: {} }), true), 'backend/no-id', true],
    [
      'a number as id',
      (call) => (call.json(201, { id: 7, status: 'starting' }), true),
      'backend/no-id',
      false,
    ],
    [
      'a path as id',
      (call) => (call.json(201, { id: '../x', status: 'starting' }), true),
      'backend/no-id',
      false,
    ],
    ['a dropped connection', (call) => (call.drop(), true), 'backend/unreachable', true],
  ]
  it.each(cases)('%s', async (_name, onCreate, code, unclear) => {
    const api = fake.mount(onCreate ? { onCreate } : {})
    const error = await backendFor(api)
      .create(contractInput(1), never)
      .then(
        () => null,
        (reason: unknown) => reason,
      )
    if (!(error instanceof AppError)) throw new Error('an AppError was expected')
    expect(error.code).toBe(code)
    expect('unclear' in error.data.params).toBe(unclear)
    expect(api.creates()).toHaveLength(1)
  })

  it('a redirect is not followed: nothing reaches the other origin', async () => {
    const other = fake.mount()
    const api = fake.mount({
      onCreate: (call) => (call.text(307, '', { location: `${other.base}/predictions` }), true),
    })
    await expect(backendFor(api, 'secret').create(contractInput(1), never)).rejects.toBeInstanceOf(AppError)
    expect(other.seen).toHaveLength(0)
  })

  it('one that is already over is not asked about', async () => {
    const api = fake.mount({ sync: true })
    const backend = backendFor(api)
    const seen = await untilOver(backend, await backend.create(contractInput(1), never))
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({ status: 'succeeded', seeds: [4242] })
  })
})

it('bytes that are no UTF-8 become replacement characters, and the run goes on', async () => {
  const bytes = (id: string) =>
    Buffer.concat([
      Buffer.from(`{"id":"${id}","status":"processing","logs":"caf`),
      Buffer.from([0xe9, 0xff]),
      Buffer.from(' 40%|##  | 10/25 [00:01<00:02, 9it/s]"}'),
    ])
  const api = fake.mount({
    statuses: ['processing', 'succeeded'],
    onGet: ({ request, response }, number) => {
      if (number > 0) return false
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(bytes(request.url?.split('/').at(-1) ?? ''))
      return true
    },
  })
  const backend = backendFor(api)
  const seen = await untilOver(backend, await backend.create(contractInput(1), never))
  expect(seen[1].logs).toMatch(/^caf\uFFFD\uFFFD/)
  expect(seen.at(-1)).toMatchObject({ status: 'succeeded', error: null })
})

it('a cancel that the server does not know is an error of its own', async () => {
  const api = fake.mount({ onCancel: (call) => (call.text(405, ''), true) })
  const backend = backendFor(api)
  const first = await backend.create(contractInput(1), never)
  await expect(backend.cancel(first.id)).rejects.toMatchObject({ code: 'backend/method-not-allowed' })
})

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
