import { AppError, type AppErrorData, NOT_SENT } from '../core/errors'
import { isPublicHost } from '../core/url/publicUrl'
import { isRefusedByPolicy, watchOwnPolicy } from './ownPolicy'

/**
 * Why the browser itself let nothing out; null where the network failed.
 * @param wasOffline before the request
 * @param start of the request, by `performance.now()`
 */
export async function refusalOf(
  origin: string,
  wasOffline: boolean,
  start: number,
  cause: unknown,
): Promise<AppError | null> {
  if (isOffline(origin)) {
    // A failed fetch never says whether it arrived: only one that was offline from the start has not.
    return new AppError('backend/offline', {
      params: { origin, ...(wasOffline ? { [NOT_SENT]: 1 } : {}) },
      cause,
    })
  }
  if (isMixedContent(origin)) {
    return new AppError('backend/mixed-content', { params: { origin, [NOT_SENT]: 1 }, cause })
  }
  if (await isRefusedByPolicy(origin, start)) {
    return new AppError('backend/policy', { params: { origin, [NOT_SENT]: 1 }, cause })
  }
  return null
}

// A browser keeps 250 timings, and none after them unless these go: an open page makes more requests than that.
if ('document' in globalThis)
  performance.addEventListener('resourcetimingbufferfull', () => performance.clearResourceTimings())

/**
 * How long a request that has failed was out: by the browser, which a page with much to do does not hold up, else by
 * the page's clock.
 * @param start of the request, by `performance.now()`
 * @returns ms
 */
export function outMs(url: string, start: number): number {
  const took = performance
    .getEntriesByName(url, 'resource')
    .flatMap(({ startTime, duration }) => (startTime >= start ? [duration] : []))
  return took.length > 0 ? Math.max(...took) : performance.now() - start
}

/** A connection to this machine is refused within this, ms; on a busy one within twice what the next refusals take. */
const REFUSAL_MS = 100
const BUSY_FACTOR = 2
/** A server of this machine that takes longer is busy, not off, ms. */
const BUSY_MS = 1000

/** Refused connections that tell a server that is off from one that drops some. */
const REFUSALS = 6

/**
 * Tells, after a request to this machine has failed, whether nothing listens there.
 * @param tookMs the request, until it failed
 * @returns false for every other server: its silence says nothing
 */
export async function isRefusing(origin: string, tookMs: number): Promise<boolean> {
  if (!isLoopback(origin) || tookMs >= BUSY_MS) return false
  let slowestMs = 0
  for (let asked = 0; asked < REFUSALS; asked++) {
    const limit = AbortSignal.timeout(BUSY_MS)
    const start = performance.now()
    try {
      await fetch(origin, { ...BARE, signal: limit })
      return false
    } catch {
      if (limit.aborted) return false
      slowestMs = Math.max(slowestMs, performance.now() - start)
    }
  }
  return tookMs < Math.max(REFUSAL_MS, BUSY_FACTOR * slowestMs)
}

/** A question without credentials whose answer the page does not read. */
const BARE: RequestInit = {
  mode: 'no-cors',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
}

/** @returns true where something answers at an address, even if this page may not read it; sends no credentials */
export async function isAnswering(url: string, timeoutMs: number): Promise<boolean> {
  try {
    await fetch(url, { ...BARE, signal: AbortSignal.timeout(timeoutMs) })
    return true
  } catch {
    return false
  }
}

/** One connection may be dropped on the way; and a server may keep its answers from `no-cors`, but not from CORS. */
const TRIES = ['no-cors', 'no-cors', 'cors'] as const

/**
 * Looks whether a request could get to a server, and sends no credentials. This machine's own are not asked: what they
 * refuse surely has not arrived, and `request` says so.
 * @returns why nothing gets there, with NOT_SENT; null where something answers, or takes longer than `timeoutMs`
 */
export async function obstacleTo(url: string, timeoutMs: number): Promise<AppErrorData | null> {
  const { origin } = new URL(url)
  if (isLoopback(origin)) return null
  watchOwnPolicy()
  let obstacle: AppErrorData | null = null
  for (const mode of TRIES) {
    const wasOffline = isOffline(origin)
    const limit = AbortSignal.timeout(timeoutMs)
    const start = performance.now()
    try {
      await fetch(url, { ...BARE, mode, signal: limit })
      return null
    } catch (cause) {
      if (limit.aborted) return null
      const refusal = await refusalOf(origin, wasOffline, start, cause)
      const params = { origin, [NOT_SENT]: 1 }
      if (refusal && NOT_SENT in refusal.data.params) return refusal.data
      obstacle = new AppError(refusal?.code ?? 'backend/unreachable', { params }).data
    }
  }
  return obstacle
}

export function isOffline(origin: string): boolean {
  return (globalThis.navigator as Navigator | undefined)?.onLine === false && !isLoopback(origin)
}

/** A browser sends nothing by plain http for a page that came by https, but to the local network. */
function isMixedContent(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  const page = globalThis.location as Location | undefined
  return page?.protocol === 'https:' && protocol === 'http:' && isPublicHost(hostname)
}

function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin)
}
