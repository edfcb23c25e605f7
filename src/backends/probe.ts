import { AppError } from '../core/errors'
import type { Credentials } from '../core/prediction/backend'
import { isAnswering, request, textOf } from '../platform/http'
import { isLocalNetworkDenied } from '../platform/localNetwork'
import { cogVersion, readHealth, type CogHealth } from './cog/cogWire'
import { readHttpError } from './wire/httpErrorWire'
import { parseJson } from './wire/predictionWire'

/** What answers at an address. */
export interface ProbeResult {
  /** Of the backend that speaks with it. */
  readonly backendId: string
  readonly kind: 'replicate' | 'gateway' | 'cog'
  /** Of a Cog server. */
  readonly version: string | null
  readonly health: CogHealth['status'] | null
  /** How long an answer took, ms. */
  readonly latencyMs: number
}

const LIMIT_BYTES = 2 ** 20
const TIMEOUT_MS = 3000
/** No prediction has this id: asking for it costs nothing. */
const NOBODY = 'pentimento-connection-test'

/**
 * Asks an address what it is, by requests that cost nothing, and tells a wrong address, a missing permission, a wrong
 * token and a working backend apart.
 * @param base absolute, without a trailing slash
 * @throws AppError `backend/...`
 */
export async function probeBackend(
  base: string,
  pageUrl: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { protocol, origin, hostname } = new URL(base)
  if (protocol === 'http:' && new URL(pageUrl).protocol === 'https:' && !isLoopback(hostname)) {
    throw new AppError('backend/mixed-content', { params: { origin } })
  }
  const start = performance.now()
  const get = (path: string) =>
    request({
      method: 'GET',
      url: base + path,
      credentials,
      signal,
      limitBytes: LIMIT_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
  try {
    const look = await get(`/predictions/${NOBODY}`)
    const latencyMs = Math.round(performance.now() - start)
    // Cog never tells of a run by GET.
    const version = look.status === 405 ? indexOf(textOf(await get('/'))) : null
    if (version !== null) {
      const answer = await get('/health-check')
      const { status } = readHealth(parseJson(textOf(answer), answer.status))
      return { backendId: 'cog', kind: 'cog', version, health: status, latencyMs }
    }
    const text = textOf(look)
    // An unknown prediction is what a predictions API answers with 404 in JSON; a web server says it in HTML.
    if (look.status >= 300 && look.status !== 404 && look.status !== 400)
      throw readHttpError(look.status, look.headers, text)
    parseJson(text, look.status)
    const kind = isReplicate(base, pageUrl) ? 'replicate' : 'gateway'
    return { backendId: 'replicate', kind, version: null, health: null, latencyMs }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'backend/unreachable') throw error
    if (isLocal(hostname) && (await isLocalNetworkDenied()))
      throw new AppError('backend/local-network', { params: { origin }, cause: error })
    // It is there, but does not let this page read it.
    if (await isAnswering(base, TIMEOUT_MS)) {
      throw new AppError('backend/cors', { params: { origin, page: new URL(pageUrl).origin }, cause: error })
    }
    throw error
  }
}

function indexOf(text: string): string | null {
  try {
    return cogVersion(JSON.parse(text))
  } catch {
    return null
  }
}

/** A name or number of this machine or its network. */
function isLocal(hostname: string): boolean {
  return (
    isLoopback(hostname) ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|\.(local|lan|home|internal)$/.test(hostname)
  )
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
}

/** Replicate itself, or this page's own proxy to it. */
function isReplicate(base: string, pageUrl: string): boolean {
  const { origin, hostname, pathname } = new URL(base)
  return (
    hostname === 'api.replicate.com' ||
    (origin === new URL(pageUrl).origin && pathname.startsWith('/replicate/'))
  )
}
