import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NOT_SENT } from '../core/errors'
import { obstacleTo } from './reach'

const navigator = { onLine: true }
let asked: RequestInit[] = []

const answering = (answer: (asked: number, init: RequestInit) => Promise<Response>) =>
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => answer(asked.push(init), init))
const fails = () => Promise.reject(new TypeError('Failed to fetch'))
const answers = () => Promise.resolve(new Response(null, { status: 404 }))

beforeEach(() => {
  asked = []
  vi.stubGlobal('navigator', navigator)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  navigator.onLine = true
})

it('nothing is in the way where something answers, whatever it says, at the first try or after a lost one', async () => {
  for (const lost of [0, 1, 2]) {
    asked = []
    answering((count) => (count > lost ? answers() : fails()))
    expect(await obstacleTo('https://api.example/v1', 1000)).toBeNull()
    expect(asked).toHaveLength(lost + 1)
  }
})

it('a server that answers CORS alone is there', async () => {
  answering((_count, { mode }) => (mode === 'cors' ? answers() : fails()))
  expect(await obstacleTo('https://api.example/v1', 1000)).toBeNull()
})

it('a server that only takes long may get the request', async () => {
  answering((_count, { signal }) => {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('', 'TimeoutError')))
    })
  })
  expect(await obstacleTo('https://api.example/v1', 20)).toBeNull()
})

it('where nothing answers, nothing was sent: asked without a key', async () => {
  answering(fails)
  const params = { origin: 'https://api.example', [NOT_SENT]: 1 }
  expect(await obstacleTo('https://api.example/v1', 1000)).toMatchObject({
    code: 'backend/unreachable',
    params,
  })
  for (const { method, headers, credentials } of asked)
    expect([method, headers, credentials]).toEqual([undefined, undefined, 'omit'])
  navigator.onLine = false
  expect(await obstacleTo('https://api.example/v1', 1000)).toMatchObject({ code: 'backend/offline', params })
})

it('timings that fill the browser’s buffer make room for those of the next requests', async () => {
  vi.stubGlobal('document', {})
  vi.resetModules()
  const cleared = vi.spyOn(performance, 'clearResourceTimings')
  await import('./reach')
  expect(cleared).not.toHaveBeenCalled()
  performance.dispatchEvent(new Event('resourcetimingbufferfull'))
  expect(cleared).toHaveBeenCalledOnce()
})

it('this machine is not asked: what it refuses surely has not arrived', async () => {
  answering(fails)
  expect(await obstacleTo('http://127.0.0.1:5000/', 1000)).toBeNull()
  expect(asked).toEqual([])
})
