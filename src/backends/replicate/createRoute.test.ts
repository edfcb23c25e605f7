import { describe, expect, it } from 'vitest'
import { contractInput } from '../backendContract.testkit'
import { CreateRoutes } from './createRoute'
import type { Call, Mounted } from './fakeMount.testkit'
import { startedReplicate } from './startedReplicate.testkit'
import { backendFor, COMMUNITY, OFFICIAL } from './replicateBackend.testkit'

const fake = startedReplicate()

const never = new AbortController().signal

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
