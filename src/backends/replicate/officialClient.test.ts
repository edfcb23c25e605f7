import Replicate from 'replicate'
import { expect, it } from 'vitest'
import { startedReplicate } from './startedReplicate.testkit'

/** Replicate's own client drives the project's server, to prove that it speaks the protocol. */

const fake = startedReplicate()

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='

it('creates, waits, lists and cancels', async () => {
  const api = fake.mount({ token: 'r8_test', statuses: ['starting', 'processing', 'succeeded'] })
  const client = new Replicate({ auth: 'r8_test', baseUrl: api.base, useFileOutput: false })
  const input = { prompt: 'a cat', image: PIXEL, mask: PIXEL, num_outputs: 2, seed: 7 }
  const version = '95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3'

  const made = await client.predictions.create({ version, input })
  expect(made).toMatchObject({ status: 'starting', input: { prompt: 'a cat', seed: 7 } })
  const done = await client.wait(made, { interval: 5 })
  expect(done.status).toBe('succeeded')
  expect(done.output).toHaveLength(2)

  const outputs = await client.run(`stability-ai/stable-diffusion-inpainting:${version}`, { input })
  expect(outputs).toHaveLength(2)

  const { results } = await client.predictions.list()
  expect(results.map(({ id }) => id)).toContain(made.id)

  const other = await client.predictions.create({ version, input })
  expect(await client.predictions.cancel(other.id)).toMatchObject({ status: 'canceled' })
  expect((await client.predictions.get(other.id)).status).toBe('canceled')

  await expect(client.predictions.get('nobody')).rejects.toMatchObject({ response: { status: 404 } })
  const stranger = new Replicate({ auth: 'wrong', baseUrl: api.base })
  await expect(stranger.predictions.list()).rejects.toMatchObject({ response: { status: 401 } })
})

it('reads a model and its schema', async () => {
  const api = fake.mount()
  const client = new Replicate({ auth: 'any', baseUrl: api.base })
  const model = await client.models.get('some', 'filler')
  expect(model.latest_version?.openapi_schema).toHaveProperty('components.schemas.Input.properties.mask')
})
