import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readInputSchema } from '../../core/prediction/inputSchema'
import type { Prediction } from '../../core/prediction/prediction'
import { backendContract, contractInput, FIELDS, ON_NODE, untilOver } from '../backendContract.testkit'
import { CogBackend } from './cogBackend'
import { loadCogModel } from './cogModel'
import { type CogScenario, FakeCog } from './fakeCog.testkit'

const servers: FakeCog[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

const never = new AbortController().signal
async function serve(scenario: CogScenario = {}): Promise<{ server: FakeCog; backend: CogBackend }> {
  const server = new FakeCog(scenario)
  servers.push(server)
  await server.start()
  return { server, backend: backendAt(server.base) }
}

function backendAt(base: string, streams = false): CogBackend {
  return new CogBackend({
    ...ON_NODE,
    base,
    fields: { ...FIELDS, streams },
    onPageHide: () => () => {},
    waitMs: 10,
    logsMs: 20,
  })
}

const last = (seen: readonly Prediction[]) => seen.at(-1)!

for (const old of [false, true]) {
  const name = old ? 'an old Cog server' : 'a Cog server'
  const [server, slow] = [60, 600_000].map((runMs) => new FakeCog({ old, runMs }))
  beforeAll(() => Promise.all([server.start(), slow.start()]))
  afterAll(() => Promise.all([server.stop(), slow.stop()]))
  backendContract(
    name,
    () => backendAt(server.base),
    () => backendAt(slow.base),
  )

  describe(name, () => {
    it('runs once under an id made here, with a seed, and is never asked by GET', async () => {
      const { server: cog, backend } = await serve({ old })
      const input = contractInput(1)
      const { seed: _seed, ...params } = input.params
      const first = await backend.create({ ...input, params }, never)
      const end = last(await untilOver(backend, first))
      expect(end.status).toBe('succeeded')
      expect(cog.inputs).toHaveLength(1)
      expect(end.seeds).toEqual([cog.inputs[0]['seed']])
      expect(cog.seen.filter((line) => line.startsWith('GET /predictions'))).toEqual([])
      expect(cog.seen[0]).toBe(`PUT /predictions/${first.id}`)
    })

    it('reports progress from the logs while it runs', async () => {
      const { server: cog, backend } = await serve({ old, runMs: 600_000 })
      const first = await backend.create(contractInput(1), never)
      await expect.poll(async () => (await backend.get(first.id, never)).progress).toBeGreaterThan(0)
      const now = await backend.get(first.id, never)
      expect(now).toMatchObject({ status: 'processing' })
      expect(now.progress).toBeLessThan(1)
      cog.finish()
      const reported = (await untilOver(backend, now)).map(({ progress }) => progress!)
      expect(reported).toEqual(reported.toSorted((a, b) => a - b))
    })

    it('cancels a run by its id', async () => {
      const { server: cog, backend } = await serve({ old, runMs: 60_000 })
      const first = await backend.create(contractInput(1), never)
      await expect.poll(() => cog.inputs.length).toBe(1)
      expect((await backend.cancel(first.id)).status).toBe('canceled')
      expect(cog.seen).toContain(`POST /predictions/${first.id}/cancel`)
      const again = await backend.create(contractInput(1), never)
      await expect.poll(() => cog.inputs.length).toBe(2)
      await backend.cancel(again.id)
    })

    it('waits while the slot is taken, and while the model loads', async () => {
      const { server: cog, backend } = await serve({ old, runMs: 100, starting: 3 })
      const runs = await Promise.all([1, 2, 3].map(() => backend.create(contractInput(1), never)))
      const ends = await Promise.all(runs.map((first) => untilOver(backend, first)))
      expect(ends.map((seen) => last(seen).status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
      expect(cog.inputs).toHaveLength(3)
    })

    it('says what it waits for, until it runs', async () => {
      const { server: cog, backend } = await serve({ old, starting: Infinity })
      const waits = async ({ id }: Prediction) => {
        const { status, waitsFor } = await backend.get(id, never)
        return [status, waitsFor]
      }
      const first = await backend.create(contractInput(1), never)
      await expect.poll(() => waits(first)).toEqual(['starting', 'model'])
      cog.scenario = { old, runMs: 60_000 }
      await expect.poll(() => cog.inputs.length).toBe(1)
      const second = await backend.create(contractInput(1), never)
      await expect.poll(() => waits(second)).toEqual(['starting', 'turn'])
      cog.scenario = { old, runMs: 60 }
      await backend.cancel(first.id)
      const seen = await untilOver(backend, second)
      expect(last(seen).status).toBe('succeeded')
      for (const { status, waitsFor } of seen) if (status !== 'starting') expect(waitsFor).toBeUndefined()
    })

    it('a failure is the model’s own words', async () => {
      const { backend } = await serve({ old, fails: 'CUDA out of memory' })
      const end = last(await untilOver(backend, await backend.create(contractInput(1), never)))
      expect(end).toMatchObject({ status: 'failed', error: { code: 'backend/run-failed' } })
      expect(end.error?.detail).toContain('CUDA out of memory')
    })
  })
}

describe('a Cog of 0.9', () => {
  it('has the form of its own schema, and a run with a seed', async () => {
    const { server, backend } = await serve({ veryOld: true, runMs: 100 })
    const model = await loadCogModel(server.base, { token: null, headers: {} }, never)
    expect(readInputSchema(model.document).map(({ role }) => role)).toContain('seed')
    const input = contractInput(1)
    const { seed: _seed, ...params } = input.params
    const end = last(await untilOver(backend, await backend.create({ ...input, params }, never)))
    expect(end).toMatchObject({ status: 'succeeded', seeds: [server.inputs[0]['seed']] })
    expect(server.inputs[0]['seed']).toEqual(expect.any(Number))
  })

  it('is asked to cancel by id; it answers when the run is over, whose outputs are kept', async () => {
    const { server, backend } = await serve({ veryOld: true, runMs: 600_000 })
    const first = await backend.create(contractInput(1), never)
    await expect.poll(() => server.inputs.length).toBe(1)
    const canceling = backend.cancel(first.id)
    await expect.poll(() => server.seen).toContain(`POST /predictions/${first.id}/cancel`)
    server.finish()
    const end = await canceling
    expect(end.status).toBe('succeeded')
    expect(end.outputs).toHaveLength(1)
    expect(server.inputs).toHaveLength(1)
  })
})

it('a refused input names its field', async () => {
  const { backend } = await serve({
    onPut: (response) => {
      const detail = [{ loc: ['body', 'input', 'guidance_scale'], msg: 'too large' }]
      response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ detail }))
      return true
    },
  })
  const end = last(await untilOver(backend, await backend.create(contractInput(1), never)))
  expect(end.error).toMatchObject({ code: 'backend/invalid-input', fields: { guidance_scale: 'too large' } })
})

describe('a model that streams', () => {
  it('reports its progress and its first output while it runs', async () => {
    const { server } = await serve({ streams: true, runMs: 600_000 })
    const backend = backendAt(server.base, true)
    const { id, progress } = await backend.create(contractInput(2), never)
    expect(progress).toBe(null)
    const now = async () => {
      const { status, progress: part, outputs } = await backend.get(id, never)
      return [status, part, outputs.length]
    }
    await expect.poll(() => server.inputs.length).toBe(1)
    for (const [quarter, outputs] of [0, 1, 1].entries()) {
      server.tell(quarter + 1)
      await expect.poll(now).toEqual(['processing', (quarter + 1) / 4, outputs])
    }
    server.finish()
    await expect.poll(now).toEqual(['succeeded', 1, 2])
    // One request: a run that streams is not polled.
    expect(server.seen).toEqual([`PUT /predictions/${id}`])
  })

  it('that breaks off leaves the outcome open', async () => {
    const { server } = await serve({ streams: true, cutStream: true, runMs: 50 })
    const backend = backendAt(server.base, true)
    const end = last(await untilOver(backend, await backend.create(contractInput(1), never)))
    expect(end).toMatchObject({ status: 'failed', error: { code: 'backend/no-id', params: { unclear: 1 } } })
  })
})

it('a server that is gone while a run waits for its slot has not made it', async () => {
  const { server, backend } = await serve({ runMs: 60_000 })
  const first = await backend.create(contractInput(1), never)
  await expect.poll(() => server.inputs.length).toBe(1)
  const second = await backend.create(contractInput(1), never)
  await expect
    .poll(() => server.seen.filter((line) => line === 'GET /health-check').length)
    .toBeGreaterThan(0)
  // The server has had the first one for longer than a refusal takes.
  vi.spyOn(performance, 'getEntriesByName').mockImplementation(() => [
    { startTime: performance.now(), duration: 5000 } as PerformanceEntry,
  ])
  await server.stop()
  servers.length = 0
  const end = last(await untilOver(backend, second))
  expect(end.error?.code).toBe('backend/unreachable')
  expect(end.error?.params).not.toHaveProperty('unclear')
  expect(last(await untilOver(backend, first)).error?.params).toHaveProperty('unclear')
  vi.restoreAllMocks()
})

it('a connection that breaks leaves the outcome open, and nothing is sent again', async () => {
  let sent = 0
  const onPut = (response: ServerResponse) => {
    sent++
    response.destroy()
    return true
  }
  const { backend } = await serve({ onPut })
  const end = last(await untilOver(backend, await backend.create(contractInput(1), never)))
  expect(end).toMatchObject({
    status: 'failed',
    error: { code: 'backend/unreachable', params: { unclear: 1 } },
  })
  // Polls of it, which a busy machine has time for, hold no input.
  expect(sent).toBe(1)
})
