import { expose } from 'comlink'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, it, vi } from 'vitest'
import { AppError } from '../core/errors'
import { WorkerClient } from './workerClient'

const api = {
  double: (value: number) => value * 2,
  fail(): number {
    throw new AppError('engine/no-source', {
      params: { side: 7 },
      detail: 'nothing to copy',
      fields: { a: 'b' },
    })
  },
  break(): number {
    throw new TypeError('not a function')
  },
  hang: (): Promise<number> => new Promise(() => {}),
}

/** A worker's messages over a channel of Node. */
class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = []
  terminated = false
  private readonly channel = new MessageChannel()

  constructor() {
    super()
    FakeWorker.all.push(this)
    const { port1, port2 } = this.channel
    port1.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })))
    expose(api, port2 as unknown as Parameters<typeof expose>[1])
  }

  postMessage(message: unknown): void {
    if (!this.terminated) this.channel.port1.postMessage(message)
  }

  terminate(): void {
    this.terminated = true
    this.channel.port1.close()
  }

  crash(type: 'error' | 'messageerror', message = ''): void {
    this.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { message }))
  }
}

function createClient(failure?: 'engine/crashed') {
  FakeWorker.all.length = 0
  const ends: number[] = []
  const client = new WorkerClient<typeof api>({
    start: () => new FakeWorker() as unknown as Worker,
    onEnd: () => ends.push(1),
    ...(failure ? { failure } : {}),
  })
  return { client, ends }
}

afterEach(() => {
  vi.useRealTimers()
  for (const worker of FakeWorker.all) worker.terminate()
})

it('starts one worker at the first call and answers each call', async () => {
  const { client } = createClient()
  expect(FakeWorker.all).toHaveLength(0)
  const answers = await Promise.all([1, 2, 3].map((value) => client.call((remote) => remote.double(value))))
  expect(answers).toEqual([2, 4, 6])
  expect(FakeWorker.all).toHaveLength(1)
})

it('carries an AppError with code, parameters, detail and fields', async () => {
  const { client } = createClient()
  const error: unknown = await client.call((remote) => remote.fail()).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  expect(error).toHaveProperty('data', {
    code: 'engine/no-source',
    params: { side: 7 },
    detail: 'nothing to copy',
    fields: { a: 'b' },
  })
})

it('makes any other error an AppError with its text', async () => {
  const { client } = createClient()
  await expect(client.call((remote) => remote.break())).rejects.toMatchObject({
    data: { code: 'unexpected', detail: 'not a function' },
  })
})

it.each(['error', 'messageerror'] as const)(
  'ends a worker by its %s event, rejects every pending call and starts another',
  async (type) => {
    const { client, ends } = createClient('engine/crashed')
    const pending = [client.call((remote) => remote.hang()), client.call((remote) => remote.hang())]
    FakeWorker.all[0].crash(type, 'out of memory')
    for (const call of pending) {
      await expect(call).rejects.toMatchObject({ data: { code: 'engine/crashed' } })
    }
    expect(FakeWorker.all[0].terminated).toBe(true)
    expect(ends).toHaveLength(1)
    expect(await client.call((remote) => remote.double(4))).toBe(8)
    expect(FakeWorker.all).toHaveLength(2)
    // A late event of the old worker does not end the new one.
    FakeWorker.all[0].crash('error')
    expect(FakeWorker.all[1].terminated).toBe(false)
  },
)

it('says of a script that cannot be loaded that a part of the page is missing, whatever failures are called', async () => {
  for (const failure of ['engine/crashed', undefined] as const) {
    const { client } = createClient(failure)
    client.warm()
    const pending = client.call((remote) => remote.hang())
    FakeWorker.all[0].crash('error')
    await expect(pending).rejects.toMatchObject({ data: { code: 'page/part-missing' } })
    // Once it has answered, its script is there.
    expect(await client.call((remote) => remote.double(1))).toBe(2)
    const second = client.call((remote) => remote.hang())
    FakeWorker.all[1].crash('error')
    await expect(second).rejects.toMatchObject({ data: { code: failure ?? 'unexpected' } })
  }
})

it('ends a worker that takes longer than the limit', async () => {
  const { client } = createClient()
  const other = client.call((remote) => remote.hang())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const limit = { ms: 20, code: 'image/decode-timeout' } as const
  const late = client.callWithin(limit, (remote) => remote.hang())
  vi.advanceTimersByTime(19)
  expect(FakeWorker.all[0].terminated).toBe(false)
  vi.advanceTimersByTime(1)
  await expect(late).rejects.toMatchObject({ data: { code: 'image/decode-timeout' } })
  await expect(other).rejects.toMatchObject({ data: { code: 'image/decode-timeout' } })
  expect(FakeWorker.all[0].terminated).toBe(true)
})

it('a call within its limit leaves the worker alone', async () => {
  const { client } = createClient()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const limit = { ms: 30, code: 'image/decode-timeout' } as const
  expect(await client.callWithin(limit, (remote) => remote.double(1))).toBe(2)
  vi.advanceTimersByTime(60)
  expect(FakeWorker.all[0].terminated).toBe(false)
})

it('rejects pending calls when it is terminated', async () => {
  const { client } = createClient()
  const pending = client.call((remote) => remote.hang())
  client.terminate()
  await expect(pending).rejects.toMatchObject({ data: { code: 'unexpected', detail: 'terminated' } })
})
