import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NOT_SENT, UNCLEAR } from '../../core/errors'
import { contractInput, FIELDS, ON_NODE, untilOver } from '../backendContract.testkit'
import { CogBackend } from './cogBackend'
import { FakeCog } from './fakeCog.testkit'

const never = new AbortController().signal
const BASE = 'https://cog.example'

async function runAt(base: string) {
  const backend = new CogBackend({
    ...ON_NODE,
    base,
    fields: FIELDS,
    onPageHide: () => () => {},
    waitMs: 5,
    // Nothing but the run itself is asked for.
    logsMs: 60_000,
  })
  const end = (await untilOver(backend, await backend.create(contractInput(1), never))).at(-1)!
  if (end.status !== 'failed' || !end.error) throw new Error(`the run ended as ${end.status}`)
  const { code, params } = end.error
  return { code, isUnclear: UNCLEAR in params, isNotSent: NOT_SENT in params }
}

/** Answers to the requests of one run, in order; the last one answers all that follow. */
function answering(...answers: (() => Promise<Response> | Response)[]) {
  const methods: string[] = []
  vi.stubGlobal('fetch', async (_url: string, { method = '' }: RequestInit) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return answers[Math.min(methods.push(method), answers.length) - 1]()
  })
  return methods
}

const fails = () => Promise.reject(new TypeError('Failed to fetch'))
const says = (status: number, text: string) => () => new Response(text, { status })

describe('a run whose request failed', () => {
  const navigator = { onLine: true }
  beforeEach(() => {
    navigator.onLine = true
    vi.stubGlobal('navigator', navigator)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  const goesOffline = () => {
    navigator.onLine = false
    return fails()
  }
  const breaksOff = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode('{"id":"a","sta'))
          controller.error(new TypeError('network error'))
        },
      }),
    )

  it.each([
    ['the connection broke', 'backend/unreachable', fails],
    ['the device went offline meanwhile', 'backend/offline', goesOffline],
    ['the answer broke off', 'backend/unreachable', breaksOff],
    ['the answer is a page', 'backend/not-json', says(200, '<html>Sign in</html>')],
    ['a gateway lost the server', 'backend/server-error', says(502, 'Bad Gateway')],
    ['a gateway had waited long enough', 'backend/server-error', says(504, 'Gateway Timeout')],
    ['Cloudflare had waited long enough', 'backend/server-error', says(524, 'A timeout occurred')],
  ] as const)('may go on where %s', async (_name, code, answer) => {
    const methods = answering(answer)
    expect(await runAt(BASE)).toEqual({ code, isUnclear: true, isNotSent: false })
    expect(methods).toEqual(['PUT'])
  })

  it('may go on where no answer came in time', async () => {
    answering(fails)
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    expect(await runAt(BASE)).toEqual({ code: 'backend/timeout', isUnclear: true, isNotSent: false })
  })

  it('never left a device that was offline, or a page that may not send it', async () => {
    answering(fails)
    navigator.onLine = false
    expect(await runAt(BASE)).toEqual({ code: 'backend/offline', isUnclear: false, isNotSent: true })
    navigator.onLine = true
    vi.stubGlobal('location', { protocol: 'https:', origin: 'https://page.example' })
    const code = 'backend/mixed-content'
    expect(await runAt('http://cog.example')).toEqual({ code, isUnclear: false, isNotSent: true })
  })

  it.each([
    ['backend/unauthorized', 401],
    ['backend/not-found', 404],
    ['backend/input-too-large', 413],
    ['backend/invalid-input', 422],
    ['backend/rate-limited', 429],
    ['backend/server-error', 500],
  ] as const)('is over where the server itself says so: %s', async (code, status) => {
    const methods = answering(says(status, '{"detail":"no"}'))
    expect(await runAt(BASE)).toEqual({ code, isUnclear: false, isNotSent: false })
    expect(methods).toEqual(['PUT'])
  })

  it.each([
    ['backend/unreachable', fails],
    ['backend/offline', goesOffline],
    ['backend/not-json', says(200, '<html>')],
    ['backend/server-error', says(200, '{"status":"SETUP_FAILED"}')],
  ] as const)(
    'was refused before, so there is no run: %s while it waits for its turn',
    async (code, answer) => {
      const methods = answering(says(409, '{"detail":"Already running a prediction"}'), answer)
      expect(await runAt(BASE)).toMatchObject({ code, isUnclear: false })
      expect(methods).toEqual(['PUT', 'GET'])
    },
  )

  it('may go on where it broke at the second try, after its turn had come', async () => {
    const methods = answering(says(409, '{}'), says(200, '{"status":"READY"}'), fails)
    expect(await runAt(BASE)).toEqual({ code: 'backend/unreachable', isUnclear: true, isNotSent: false })
    expect(methods).toEqual(['PUT', 'GET', 'PUT'])
  })
})

describe('over real sockets', () => {
  it('a connection that this machine refuses was not sent, one that breaks may have been', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => {
      server.close(resolve)
    })
    const code = 'backend/unreachable'
    // A browser says how long a request was out; Node's clock counts what a busy machine makes it wait too.
    vi.spyOn(performance, 'getEntriesByName').mockImplementation(() => [
      { startTime: performance.now(), duration: 1 } as PerformanceEntry,
    ])
    expect(await runAt(`http://127.0.0.1:${port}`)).toEqual({ code, isUnclear: false, isNotSent: true })
    const cog = new FakeCog({ onPut: (response) => (response.destroy(), true) })
    await cog.start()
    expect(await runAt(cog.base)).toEqual({ code, isUnclear: true, isNotSent: false })
    await cog.stop()
    vi.restoreAllMocks()
  })
})
