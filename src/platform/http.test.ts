import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, NOT_SENT } from '../core/errors'
import { request } from './http'
import { NO_CREDENTIALS } from './tokenVault'

const post = (url: string) =>
  request({
    method: 'POST',
    url,
    credentials: NO_CREDENTIALS,
    json: {},
    signal: new AbortController().signal,
    limitBytes: 1000,
    timeoutMs: 60_000,
  })

async function failureOf(url: string) {
  const error: unknown = await post(url).catch((cause: unknown) => cause)
  if (!(error instanceof AppError)) throw new Error('no AppError')
  return { code: error.code, notSent: NOT_SENT in error.data.params }
}

describe('a request that fails', () => {
  const navigator = { onLine: true }

  /** By a clock of its own. @param firstMs the request itself takes @param laterMs each question after it */
  const refusedAfter = (firstMs: number, laterMs: number) => {
    let now = 0
    let asked = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    vi.stubGlobal('fetch', () => {
      now += asked++ === 0 ? firstMs : laterMs
      return Promise.reject(new TypeError('Failed to fetch'))
    })
  }

  beforeEach(() => {
    vi.stubGlobal('navigator', navigator)
    // Nothing answers for this name.
    vi.stubGlobal('fetch', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      throw new TypeError('Failed to fetch')
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
    navigator.onLine = true
  })

  it('has surely not left a device that was offline before and after', async () => {
    navigator.onLine = false
    expect(await failureOf('https://api.example/v1')).toEqual({ code: 'backend/offline', notSent: true })
  })

  it('may have left one that went offline meanwhile', async () => {
    setTimeout(() => {
      navigator.onLine = false
    }, 1)
    expect(await failureOf('https://api.example/v1')).toEqual({ code: 'backend/offline', notSent: false })
  })

  it('may have left one that came online meanwhile', async () => {
    navigator.onLine = false
    setTimeout(() => {
      navigator.onLine = true
    }, 1)
    expect(await failureOf('https://api.example/v1')).toEqual({ code: 'backend/unreachable', notSent: false })
  })

  it('to this machine has nothing to do with being offline, and was not sent where none listens', async () => {
    navigator.onLine = false
    refusedAfter(5, 5)
    expect(await failureOf('http://127.0.0.1:5000/')).toEqual({ code: 'backend/unreachable', notSent: true })
  })

  it('to a server of this machine that ends while the request is out may have left', async () => {
    refusedAfter(120, 5)
    expect(await failureOf('http://127.0.0.1:5000/')).toEqual({ code: 'backend/unreachable', notSent: false })
  })

  it('to this machine, where none listens and everything is slow, was not sent', async () => {
    refusedAfter(120, 120)
    expect(await failureOf('http://127.0.0.1:5000/')).toEqual({ code: 'backend/unreachable', notSent: true })
  })

  it('to this machine took as long as the browser says, however busy the page was', async () => {
    const url = 'http://127.0.0.1:5000/'
    const took = (duration: number) =>
      vi.spyOn(performance, 'getEntriesByName').mockReturnValue([
        // An earlier request to the same address.
        { startTime: -50, duration: 40 },
        { startTime: 1, duration },
      ] as PerformanceEntry[])
    refusedAfter(400, 5)
    took(2)
    expect(await failureOf(url)).toEqual({ code: 'backend/unreachable', notSent: true })
    refusedAfter(130, 5)
    took(120)
    expect(await failureOf(url)).toEqual({ code: 'backend/unreachable', notSent: false })
  })

  it('to a server of this machine that drops it, or hangs after it, may have left', async () => {
    const fetching = (again: () => Promise<Response>, failures = 1) => {
      let count = 0
      const failing = () => Promise.reject(new TypeError('Failed to fetch'))
      vi.stubGlobal('fetch', () => (count++ >= failures ? again() : failing()))
    }
    const unclear = { code: 'backend/unreachable', notSent: false }
    fetching(() => Promise.resolve(new Response(null, { status: 404 })))
    expect(await failureOf('http://localhost:5000/v1')).toEqual(unclear)
    // It drops the request and the first four questions after it.
    fetching(() => Promise.resolve(new Response(null, { status: 404 })), 5)
    expect(await failureOf('http://localhost:5000/v1')).toEqual(unclear)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
      ms < 60_000 ? AbortSignal.abort() : new AbortController().signal,
    )
    fetching(() => Promise.reject(new DOMException('', 'TimeoutError')))
    expect(await failureOf('http://localhost:5000/v1')).toEqual(unclear)
  })

  it('by plain http, of a page that came by https, was refused by the browser', async () => {
    vi.stubGlobal('location', { protocol: 'https:', origin: 'https://page.example' })
    expect(await failureOf('http://api.example/v1')).toEqual({ code: 'backend/mixed-content', notSent: true })
    expect(await failureOf('http://192.168.1.5/v1')).toEqual({ code: 'backend/unreachable', notSent: false })
  })
})
