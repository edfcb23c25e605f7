import { describe, expect, it, vi } from 'vitest'
import { NOT_SENT } from '../core/errors'
import { request as send } from '../platform/http'
import { fetchOutput } from '../platform/outputFetch'
import { FakeCog } from '../backends/cog/fakeCog.testkit'

import { PICTURE, ProxiedPage, startProxy } from './proxy.testkit'

const page = new ProxiedPage()
const { upstream, elsewhere, cog } = page
const never = new AbortController().signal

const post = (path: string, body: unknown) =>
  fetch(page.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  })

/** An output of the upstream, as the proxy's answer names it. */
async function madeOutput(): Promise<string> {
  const body = { input: { prompt: 'a cat', image: PICTURE } }
  const created = await post('/replicate/v1/models/some/filler/predictions', body)
  const { id } = (await created.json()) as { id: string }
  return `${upstream.origin}/upstream/out/${id}/0.png`
}

it('passes a create at a model’s own path on, with the key of the server', async () => {
  await madeOutput()
  expect(page.api.creates()).toMatchObject([
    { path: '/models/some/filler/predictions', authorization: 'Bearer r8_kept' },
  ])
})

describe('an output that lies on the upstream', () => {
  it('is fetched by the proxy, without the key', async () => {
    const address = await madeOutput()
    const blob = await fetchOutput(address, page.origin, never)
    expect(blob.type).toBe('image/png')
    expect(page.api.seen.at(-1)).toMatchObject({ method: 'GET', authorization: null })
    expect(page.api.seen.at(-1)?.path).toMatch(/^\/out\//)
  })

  it('is fetched by any name of this machine, from the upstream alone', async () => {
    const address = (await madeOutput()).replace('127.0.0.1', 'localhost')
    expect((await fetchOutput(address, page.origin, never)).type).toBe('image/png')
    // Of a backend that is called directly, too.
    expect((await fetchOutput(address, upstream.origin, never)).type).toBe('image/png')
  })

  it('opened in a tab is nothing that this origin shows or runs', async () => {
    const address = await madeOutput()
    const answer = await fetch(`${page.origin}/replicate/output?address=${encodeURIComponent(address)}`)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
    })
  })

  it('that is gone is said to be', async () => {
    const gone = `${upstream.origin}/upstream/out/nothing/0.png`
    await expect(fetchOutput(gone, page.origin, never)).rejects.toMatchObject({
      code: 'backend/output-unreadable',
      data: { params: { reason: 404 } },
    })
  })

  it('is not fetched for a backend that is not this page’s proxy', async () => {
    const address = await madeOutput()
    page.api.seen.length = 0
    for (const backend of ['https://gateway.example', 'http://127.0.0.1:9', null])
      await expect(fetchOutput(address, backend, never)).rejects.toMatchObject({
        code: 'backend/unsafe-output',
      })
    expect(page.api.seen).toEqual([])
  })
})

describe('the proxy fetches nothing else', () => {
  const others = [
    ['another server of this machine', () => `${elsewhere.origin}/m1/v1/predictions`],
    ['another port', () => upstream.origin.replace(/:\d+$/, ':9')],
    ['with a password', () => upstream.origin.replace('//', '//user:pw@')],
    ['a file', () => 'file:///etc/passwd'],
    ['no address', () => 'out/1/0.png'],
    ['nothing', () => ''],
  ] as const
  it.each(others)('not %s', async (_name, address) => {
    const mounted = elsewhere.mount({}, '/m1')
    const answer = await fetch(`${page.origin}/replicate/output?address=${encodeURIComponent(address())}`)
    expect(answer.status).toBe(421)
    expect(mounted.seen).toEqual([])
    expect(page.api.seen).toEqual([])
    await expect(fetchOutput(address(), page.origin, never)).rejects.toMatchObject({
      code: 'backend/unsafe-output',
    })
  })

  it('nor below another path, for another site or name, or by another method', async () => {
    const query = `?address=${encodeURIComponent(await madeOutput())}`
    page.api.seen.length = 0
    const own = { host: new URL(page.origin).host, 'sec-fetch-site': 'same-origin' }
    expect(await page.ask(`/replicate/output/x${query}`, own)).toBe(421)
    expect(await page.ask(`/replicate/output${query}`, { ...own, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await page.ask(`/replicate/output${query}`, { ...own, 'sec-fetch-site': 'none' })).toBe(403)
    expect(await page.ask(`/replicate/output${query}`, { ...own, host: 'rebind.example' })).toBeGreaterThan(
      400,
    )
    expect((await post(`/replicate/output${query}`, {})).status).toBe(405)
    expect(page.api.seen).toEqual([])
  })
})

describe('whether there is anything to pass on to', () => {
  it('is said at the path itself, to the page alone, and the upstream is not asked', async () => {
    const answers = await Promise.all(
      ['/replicate/v1', '/cog'].map(async (path) => (await page.asPage('GET', path)).json()),
    )
    expect(answers).toEqual([
      { ready: true, host: new URL(upstream.origin).host },
      { ready: true, host: new URL(cog.base).host },
    ])
    expect([...page.api.seen, ...cog.seen]).toEqual([])
    const { host } = new URL(page.origin)
    for (const path of ['/replicate/v1', '/cog']) {
      expect(await page.ask(path, { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
      expect(await page.ask(path, { host: 'rebind.example' })).toBeGreaterThan(400)
    }
  })

  it('is said where nothing is configured, and nothing is passed on', async () => {
    const { server: bare, origin: at } = await startProxy(page.root, {})
    for (const [path, below] of [
      ['/replicate/v1', '/predictions'],
      ['/cog', '/health-check'],
    ] as const) {
      expect(await (await fetch(at + path)).json()).toEqual({ ready: false, host: null })
      expect((await fetch(at + path + below)).status).toBe(403)
    }
    await bare.close()
  })
})

describe('an upstream that is off', () => {
  it('is said to have been sent nothing', async () => {
    const gone = new FakeCog()
    await gone.start()
    const { base } = gone
    await gone.stop()
    const { server: proxy, origin: own } = await startProxy(page.root, { COG_URL: base })
    vi.stubGlobal('location', new URL(own))
    try {
      const create = send({
        method: 'PUT',
        url: `${own}/cog/predictions/r1`,
        credentials: { token: null, headers: { 'sec-fetch-site': 'same-origin' } },
        json: { input: { image: PICTURE } },
        signal: never,
        limitBytes: 1e6,
        timeoutMs: 60_000,
      })
      await expect(create).rejects.toMatchObject({
        data: { code: 'backend/unreachable', params: { origin: new URL(base).origin, [NOT_SENT]: 1 } },
      })
    } finally {
      vi.stubGlobal('location', new URL(page.origin))
      await proxy.close()
    }
  })
})

describe('a Cog server', () => {
  it('is reached at /cog: its index, schema, health and runs', async () => {
    for (const path of ['/cog/', '/cog/openapi.json', '/cog/health-check'])
      expect((await page.asPage('GET', path)).status).toBe(200)
    const health = await page.asPage('GET', '/cog/health-check')
    expect(health.headers.get('access-control-allow-origin')).toBeNull()
    expect((await page.asPage('POST', '/cog/predictions/none/cancel')).status).toBe(404)
    expect((await page.asPage('PUT', '/cog/predictions/abc')).status).toBeLessThan(500)
    expect(cog.seen).toEqual([
      'GET /',
      'GET /openapi.json',
      'GET /health-check',
      'GET /health-check',
      'POST /predictions/none/cancel',
      'PUT /predictions/abc',
    ])
  })

  it.each([
    ['POST', '/cog/shutdown'],
    ['GET', '/cog/shutdown'],
    ['POST', '/cog/predictions'],
    ['GET', '/cog/docs'],
    ['GET', '/cogs/health-check'],
    ['GET', '/cog/%2e%2e/health-check'],
    ['DELETE', '/cog/predictions/abc'],
    ['GET', '/replicate/v1x/predictions'],
    ['GET', '/replicate/v1predictions'],
  ])('is not reached by %s %s', async (method, path) => {
    const answer = await page.asPage(method, path)
    await answer.text()
    expect([...cog.seen, ...page.api.seen]).toEqual([])
  })

  it('nor for another site or name, nor by a form', async () => {
    const { host } = new URL(page.origin)
    expect(await page.ask('/cog/health-check', { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await page.ask('/cog/health-check', { host: 'rebind.example' })).toBeGreaterThan(400)
    expect((await page.asPage('PUT', '/cog/predictions/a', { 'content-type': 'text/plain' })).status).toBe(
      415,
    )
    expect(cog.seen).toEqual([])
  })

  it('its outputs that lie on it open, those elsewhere do not', async () => {
    const address = `${cog.base}/output.png`
    expect((await fetchOutput(address, page.origin, never)).type).toBe('image/png')
    expect((await fetchOutput(address.replace('127.0.0.1', 'localhost'), page.origin, never)).type).toBe(
      'image/png',
    )
    await expect(fetchOutput(`${elsewhere.origin}/output.png`, page.origin, never)).rejects.toMatchObject({
      code: 'backend/unsafe-output',
    })
    expect(cog.seen).toEqual(['GET /output.png', 'GET /output.png'])
  })
})
