import { expect, it } from 'vitest'
import { backendContract, contractInput, untilOver } from '../backendContract.testkit'
import { decodeDataUri } from './fakeModel.testkit'
import { startedReplicate } from './startedReplicate.testkit'
import { backendFor, COMMUNITY, OFFICIAL } from './replicateBackend.testkit'

const fake = startedReplicate()

const never = new AbortController().signal

backendContract('the Replicate protocol', () =>
  backendFor(fake.mount({ statuses: ['starting', 'processing', 'succeeded'] })),
)
backendContract('a gateway with foreign urls and ids of its own', () =>
  backendFor(fake.mount({ gateway: true, statuses: ['starting', 'processing', 'succeeded'] })),
)
backendContract('a gateway that takes creates at the models’ own paths only', () =>
  backendFor(fake.mount({ gateway: true, routes: 'models', missing: 405 }), null, COMMUNITY),
)
backendContract('a server without the models’ own paths', () =>
  backendFor(fake.mount({ routes: 'predictions' }), null, OFFICIAL),
)

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
