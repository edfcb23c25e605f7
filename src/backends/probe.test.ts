import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '../core/errors'
import { FakeCog } from './cog/fakeCog.testkit'
import { probeBackend } from './probe'
import type { Call } from './replicate/fakeMount.testkit'
import { FakeReplicate } from './replicate/fakeReplicate.testkit'

const PAGE = 'http://127.0.0.1:4173/'
const never = new AbortController().signal
const fake = new FakeReplicate()
const cog = new FakeCog()
const web = createServer((_request, response) => {
  response.writeHead(404, { 'content-type': 'text/html' }).end('<html><body>Not here</body></html>')
})
beforeAll(async () => {
  await Promise.all([
    fake.start(),
    cog.start(),
    new Promise<void>((done) => web.listen(0, '127.0.0.1', done)),
  ])
})
afterAll(async () => {
  web.close()
  await Promise.all([fake.stop(), cog.stop()])
})

async function probe(base: string, token: string | null = null, page = PAGE) {
  try {
    return await probeBackend(base, page, { token, headers: {} }, never)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code
  }
}

describe('probing an address', () => {
  it('says that the browser keeps this page from the local network', async () => {
    const query = () => Promise.resolve({ state: 'denied' })
    vi.stubGlobal('navigator', { onLine: true, permissions: { query } })
    try {
      expect(await probe('http://127.0.0.1:9')).toBe('backend/local-network')
    } finally {
      vi.unstubAllGlobals()
    }
    expect(await probe('http://127.0.0.1:9')).toBe('backend/unreachable')
  })

  it('finds a Cog server with its version and health, without an error in the console', async () => {
    cog.seen.length = 0
    expect(await probe(cog.base)).toMatchObject({ backendId: 'cog', version: '0.22.0', health: 'READY' })
    expect(cog.seen).toEqual(['GET /', 'GET /health-check'])
  })

  it('tells an old Cog server, whose index names no version, by its schema', async () => {
    const old = new FakeCog({ veryOld: true })
    await old.start()
    expect(await probe(old.base)).toMatchObject({ backendId: 'cog', version: null, health: 'READY' })
    expect(old.seen).toEqual(['GET /', 'GET /openapi.json', 'GET /health-check'])
    await old.stop()
  })

  it('takes no other server with a schema for Cog', async () => {
    const index = { openapi_url: '/openapi.json' }
    const others = createServer((incoming, response) => {
      const body = { '/': index, '/openapi.json': { info: { title: 'FastAPI' } } }[incoming.url ?? '']
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body ?? { detail: 'Not Found' }))
    })
    await new Promise<void>((done) => others.listen(0, '127.0.0.1', done))
    const base = `http://127.0.0.1:${(others.address() as AddressInfo).port}`
    expect(await probe(base)).toMatchObject({ kind: 'unknown' })
    others.close()
  })

  it('finds a predictions API, and recognises Replicate by its address', async () => {
    const api = fake.mount()
    expect(await probe(api.base)).toMatchObject({ backendId: 'replicate', kind: 'gateway', route: null })
    expect(api.seen.map(({ path }) => path)).toEqual(['/predictions'])
    expect(await probe(api.base, null, api.base)).toMatchObject({ kind: 'gateway' })
    const own = fake.mount({}, '/replicate')
    expect(await probe(own.base, null, own.base)).toMatchObject({ kind: 'replicate' })
  })

  it('learns where a gateway takes a create', async () => {
    const gateway = (scenario: object) => probe(fake.mount({ gateway: true, ...scenario }).base)
    expect(await gateway({ routes: 'models' })).toMatchObject({ kind: 'gateway', route: 'models' })
    expect(await gateway({ routes: 'models', missing: 405 })).toMatchObject({ kind: 'gateway', route: null })
  })

  it('asks on where the list tells nothing', async () => {
    const says = (status: number, body: string) => (call: Call) => (call.text(status, body), true)
    const onGet = says(404, '{"detail":"No prediction has this id."}')
    for (const onList of [says(404, '<html>'), says(500, '{}'), says(403, '{}'), says(200, '<html>')])
      expect(await probe(fake.mount({ onList, onGet }).base)).toMatchObject({ kind: 'gateway' })
    const long = `[${'0,'.repeat(2 ** 20)}0]`
    expect(await probe(fake.mount({ onList: says(200, long) }).base)).toMatchObject({ kind: 'gateway' })
  })

  it.each([
    ['404 in JSON to anything', 404, () => ({ detail: 'Not Found' })],
    ['404 in JSON that names the path', 404, (path: string) => ({ error: `Cannot GET ${path}`, path })],
    ['404 in JSON with a number', 404, () => ({ message: 'no route', request: Math.random() * 1e9 })],
    ['400 in JSON to anything', 400, () => ({ message: 'bad request' })],
    ['200 with an empty object', 200, () => ({})],
    ['200 with words', 200, () => ({ hello: 'world' })],
  ])('calls what answers %s no predictions API', async (_name, status, body) => {
    const others = createServer((incoming, response) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body(incoming.url ?? '')))
    })
    await new Promise<void>((done) => others.listen(0, '127.0.0.1', done))
    const base = `http://127.0.0.1:${(others.address() as AddressInfo).port}`
    expect(await probe(base)).toMatchObject({ kind: 'unknown', route: null })
    expect(await probe(`${base}/nonsense/v1`)).toMatchObject({ kind: 'unknown' })
    others.close()
  })

  it.each([
    ['a bare list', (path: string) => (path.endsWith('/predictions') ? [200, []] : [404, {}])],
    [
      'a list under any name',
      (path: string) => (path.endsWith('/predictions') ? [200, { data: [] }] : [404, {}]),
    ],
    [
      'a path that only takes a create',
      (path: string) => (path.endsWith('/predictions') ? [405, { detail: 'Method Not Allowed' }] : [404, {}]),
    ],
    [
      'other words for a prediction that is not there',
      (path: string) => [404, { detail: /predictions\/./.test(path) ? 'no such prediction' : 'Not Found' }],
    ],
    [
      'another status for a prediction that is not there',
      (path: string) =>
        /predictions\/./.test(path) ? [400, { detail: 'bad id' }] : [404, { detail: 'bad id' }],
    ],
  ] as const)('knows a predictions API by %s', async (_name, says) => {
    const api = createServer((incoming, response) => {
      const [status, body] = says((incoming.url ?? '').replace('/models', '/m')) as [number, unknown]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
    const base = `http://127.0.0.1:${(api.address() as AddressInfo).port}/v1`
    expect(await probe(base)).toMatchObject({ backendId: 'replicate', kind: 'gateway' })
    api.close()
  })

  it('asks nothing that could start or change anything', async () => {
    const api = fake.mount()
    await probe(api.base)
    expect(api.seen.every(({ method }) => method === 'GET')).toBe(true)
    expect(cog.seen.every((line) => line.startsWith('GET '))).toBe(true)
  })

  it('that answers but may not be read is a matter of CORS, whatever the permission for the local network', async () => {
    const query = () => Promise.resolve({ state: 'denied' })
    const refused = () => Promise.reject(new TypeError('Failed to fetch'))
    const real = globalThis.fetch
    // As a browser does: what has no CORS header is fetched, but not shown.
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.mode === 'no-cors' ? real(url) : refused(),
    )
    vi.stubGlobal('navigator', { onLine: true, permissions: { query } })
    try {
      expect(await probe(cog.base)).toBe('backend/cors')
      expect(await probe('http://127.0.0.1:9')).toBe('backend/local-network')
      expect(await probe('http://[fd00::7]:9')).toBe('backend/local-network')
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('names what is wrong', async () => {
    const { base } = fake.mount({ token: 'right' })
    expect(await probe(base, 'wrong')).toBe('backend/unauthorized')
    expect(await probe(base, 'right')).toMatchObject({ kind: 'gateway' })
    expect(await probe(`http://127.0.0.1:${(web.address() as AddressInfo).port}`)).toBe('backend/not-json')
    expect(await probe('http://127.0.0.1:9')).toBe('backend/unreachable')
    // As this page's own server answers where the one behind it is off.
    const own = createServer((_request, response) =>
      response.writeHead(502, { 'x-pentimento-not-sent': 'http://behind.example' }).end(),
    )
    await new Promise<void>((done) => own.listen(0, '127.0.0.1', done))
    const origin = `http://127.0.0.1:${(own.address() as AddressInfo).port}`
    vi.stubGlobal('location', { origin })
    expect(await probe(`${origin}/replicate/v1`, null, `${origin}/`)).toBe('backend/unreachable')
    vi.unstubAllGlobals()
    own.close()
    expect(await probe('http://gateway.example/v1', null, 'https://page.example/')).toBe(
      'backend/mixed-content',
    )
  })
})
