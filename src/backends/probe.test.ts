import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '../core/errors'
import { FakeCog } from './cog/fakeCog.testkit'
import { probeBackend } from './probe'
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

  it('finds a Cog server with its version and health', async () => {
    expect(await probe(cog.base)).toMatchObject({ backendId: 'cog', version: '0.22.0', health: 'READY' })
  })

  it('finds a predictions API, and recognises Replicate by its address', async () => {
    const { base } = fake.mount()
    expect(await probe(base)).toMatchObject({ backendId: 'replicate', kind: 'gateway' })
    expect(await probe(base, null, base)).toMatchObject({ kind: 'gateway' })
    const own = fake.mount({}, '/replicate')
    expect(await probe(own.base, null, own.base)).toMatchObject({ kind: 'replicate' })
  })

  it('asks nothing that could start or change anything', async () => {
    const api = fake.mount()
    await probe(api.base)
    expect(api.seen.every(({ method }) => method === 'GET')).toBe(true)
    expect(cog.seen.every((line) => line.startsWith('GET '))).toBe(true)
  })

  it('names what is wrong', async () => {
    const { base } = fake.mount({ token: 'right' })
    expect(await probe(base, 'wrong')).toBe('backend/unauthorized')
    expect(await probe(base, 'right')).toMatchObject({ kind: 'gateway' })
    expect(await probe(`http://127.0.0.1:${(web.address() as AddressInfo).port}`)).toBe('backend/not-json')
    expect(await probe('http://127.0.0.1:9')).toBe('backend/unreachable')
    expect(await probe('http://gateway.example/v1', null, 'https://page.example/')).toBe(
      'backend/mixed-content',
    )
  })
})
