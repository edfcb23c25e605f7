import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const page = new EventTarget()
const lan = 'http://192.168.1.5:5000'

/** As a browser does: the request fails first, and what refused it is reported after. */
function refusedByPolicy(url: string): Promise<Response> {
  setTimeout(() => {
    const event = new Event('securitypolicyviolation')
    page.dispatchEvent(Object.assign(event, { effectiveDirective: 'connect-src', blockedURI: url }))
  }, 5)
  return Promise.reject(new TypeError('Failed to fetch'))
}

beforeAll(() => {
  vi.stubGlobal('document', page)
  vi.resetModules()
})
afterAll(() => {
  vi.unstubAllGlobals()
})

it('a request that the page’s own policy refused says so, and any other does not', async () => {
  const { request } = await import('./http')
  const ask = (url: string) =>
    request({
      method: 'GET',
      url,
      credentials: { token: null, headers: {} },
      signal: new AbortController().signal,
      limitBytes: 100,
      timeoutMs: 60_000,
    })
  vi.stubGlobal('fetch', refusedByPolicy)
  await expect(ask(`${lan}/predictions`)).rejects.toMatchObject({
    code: 'backend/policy',
    data: { params: { origin: lan } },
  })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(ask(`${lan}/predictions`)).rejects.toMatchObject({ code: 'backend/unreachable' })
  await expect(ask('http://192.168.1.6/x')).rejects.toMatchObject({ code: 'backend/unreachable' })
  await expect(ask('https://gateway.example/x')).rejects.toMatchObject({ code: 'backend/unreachable' })
})
