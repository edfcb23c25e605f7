import { AppError } from '../core/errors'
import type { Credentials } from '../core/prediction/backend'
import { isAnswering, request, textOf } from '../platform/http'
import { isLocalNetworkDenied } from '../platform/localNetwork'
import { cogVersion, readHealth, type CogHealth } from './cog/cogWire'
import { readHttpError } from './wire/httpErrorWire'
import { parseJson } from './wire/predictionWire'

/** What answers at an address. */
export interface ProbeResult {
  /** The id of the backend for it. */
  readonly backendId: string
  readonly kind: 'replicate' | 'gateway' | 'cog'
  /** The version of a Cog server. */
  readonly version: string | null
  readonly health: CogHealth['status'] | null
  /** How long the answer took, ms. */
  readonly latencyMs: number
}

const MAX_ANSWER_BYTES = 2 ** 20
const TIMEOUT_MS = 3000
/** No prediction has this id, so asking for it is free. */
const UNUSED_ID = 'pentimento-connection-test'

/**
 * Finds out what answers at an address, by free requests. Its errors distinguish a wrong address, a missing permission
 * and a wrong token.
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
      limitBytes: MAX_ANSWER_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
  try {
    const answer = await get(`/predictions/${UNUSED_ID}`)
    const latencyMs = Math.round(performance.now() - start)
    // Cog answers no GET of a prediction.
    const version = answer.status === 405 ? indexOf(textOf(await get('/'))) : null
    if (version !== null) {
      const check = await get('/health-check')
      const { status } = readHealth(parseJson(textOf(check), check.status))
      return { backendId: 'cog', kind: 'cog', version, health: status, latencyMs }
    }
    const text = textOf(answer)
    // A predictions API answers 404 in JSON for an unknown prediction; another web server answers in HTML.
    if (answer.status >= 300 && answer.status !== 404 && answer.status !== 400)
      throw readHttpError(answer.status, answer.headers, text)
    parseJson(text, answer.status)
    const kind = isReplicate(base, pageUrl) ? 'replicate' : 'gateway'
    return { backendId: 'replicate', kind, version: null, health: null, latencyMs }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'backend/unreachable') throw error
    if (isLocal(hostname) && (await isLocalNetworkDenied()))
      throw new AppError('backend/local-network', { params: { origin }, cause: error })
    // It answers, but does not let this page read it.
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

/** @returns true for a name or address of this machine or its network */
function isLocal(hostname: string): boolean {
  return (
    isLoopback(hostname) ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|\.(local|lan|home|internal)$/.test(hostname)
  )
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
}

/** @returns true for Replicate itself and this page's own proxy to it */
function isReplicate(base: string, pageUrl: string): boolean {
  const { origin, hostname, pathname } = new URL(base)
  return (
    hostname === 'api.replicate.com' ||
    (origin === new URL(pageUrl).origin && pathname.startsWith('/replicate/'))
  )
}
