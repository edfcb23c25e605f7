import { AppError } from '../core/errors'
import { isObject } from '../core/json'
import type { Credentials } from '../core/prediction/backend'
import { type HttpAnswer, request, textOf } from '../platform/http'
import { isAnswering } from '../platform/reach'
import { isLocalNetworkDenied } from '../platform/localNetwork'
import { cogVersion, type CogHealth, isCogSchema, namesSchema, readHealth } from './cog/cogWire'
import type { CreateRoute } from './replicate/createRoute'
import { readHttpError } from './wire/httpErrorWire'
import { parseJson } from './wire/predictionWire'

/** What answers at an address. */
export interface ProbeResult {
  /** The id of the backend for it. */
  readonly backendId: string
  /** `unknown`: something answers, but not like any of them. */
  readonly kind: 'replicate' | 'gateway' | 'cog' | 'unknown'
  /** The version of a Cog server; null where an old one does not tell. */
  readonly version: string | null
  readonly health: CogHealth['status'] | null
  /** Where it takes a create, where a free question tells. */
  readonly route: CreateRoute | null
  /** How long the first answer took, ms. */
  readonly latencyMs: number
}

const MAX_ANSWER_BYTES = 2 ** 20
const TIMEOUT_MS = 3000
/** No prediction has this id, so asking for it is free. */
const UNUSED_ID = 'pentimento-connection-test'
/** An official model, whose own path is asked for, not run. */
const OFFICIAL_MODEL = 'black-forest-labs/flux-fill-pro'

type Found = Omit<ProbeResult, 'latencyMs'>
type Get = (path: string) => Promise<HttpAnswer>

/**
 * Finds out what answers at an address, by free requests; the ones that are answered without an error status go first,
 * as a browser's console lists all others. Its errors distinguish a wrong address, a page or a browser that may not call
 * it, and a wrong token.
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
  let latencyMs: number | null = null
  const get: Get = async (path) => {
    const answer = await request({
      method: 'GET',
      url: base + path,
      credentials,
      signal,
      limitBytes: MAX_ANSWER_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
    latencyMs ??= Math.round(performance.now() - start)
    return answer
  }
  try {
    // The predictions API lies below /v1, a Cog server does not.
    const isVersioned = base.endsWith('/v1')
    const found = (isVersioned ? null : await findCog(get)) ?? (await findApi(get, base, pageUrl))
    return { ...found, latencyMs: latencyMs ?? Math.round(performance.now() - start) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'backend/unreachable') throw error
    // It answers, but does not let this page read it: so the browser lets this page reach it. Where this page's own
    // server says that it cannot reach the one behind it, that is read.
    if (origin !== new URL(pageUrl).origin && (await isAnswering(base, TIMEOUT_MS))) {
      throw new AppError('backend/cors', { params: { origin, page: new URL(pageUrl).origin }, cause: error })
    }
    if (isLocal(hostname) && (await isLocalNetworkDenied()))
      throw new AppError('backend/local-network', { params: { origin }, cause: error })
    throw error
  }
}

/** @returns null where no Cog server answers */
async function findCog(get: Get): Promise<Found | null> {
  const index = jsonOf(await get('/'))
  const version = cogVersion(index)
  // Before 0.10 only its schema says what it is.
  if (version === null && !(namesSchema(index) && isCogSchema(jsonOf(await get('/openapi.json')))))
    return null
  const check = await get('/health-check')
  const { status } = readHealth(parseJson(textOf(check), check.status))
  return { backendId: 'cog', kind: 'cog', version, health: status, route: null }
}

async function findApi(get: Get, base: string, pageUrl: string): Promise<Found> {
  const kind = isReplicate(base, pageUrl) ? 'replicate' : 'gateway'
  const api: Found = { backendId: 'replicate', kind, version: null, health: null, route: null }
  if (await hasList(get)) return api
  const knowsPredictions = await findsNoPrediction(get)
  // Of a path that only takes a POST, some servers say so.
  const own = await get(`/models/${OFFICIAL_MODEL}/predictions`)
  if (own.status === 405) return { ...api, route: 'models' }
  return knowsPredictions ? api : { ...api, kind: 'unknown' }
}

/**
 * Asks for the list of predictions.
 * @returns true where there is one, or the server says in JSON that the path takes something else; false where that
 * tells nothing
 * @throws AppError `backend/unauthorized` and the like
 */
async function hasList(get: Get): Promise<boolean> {
  let answer: HttpAnswer
  try {
    answer = await get('/predictions')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'backend/answer-too-large') return true
    if (error.code === 'backend/timeout') return false
    throw error
  }
  const { status } = answer
  if (status === 401 || status === 402 || status === 429)
    throw readHttpError(status, answer.headers, textOf(answer))
  const body = jsonOf(answer)
  return status < 300 ? isList(body) : status === 405 && body !== null
}

/** True for a list, or an object that holds one. */
function isList(body: unknown): boolean {
  if (Array.isArray(body)) return true
  return isObject(body) && Object.values(body).some((value) => Array.isArray(value))
}

/**
 * Asks for a prediction that does not exist.
 * @returns true where the server has other words for that than for a path that it does not have: a web server answers
 * 404 in JSON for anything
 * @throws AppError `backend/not-json` where it does not speak JSON, or what it refuses
 */
async function findsNoPrediction(get: Get): Promise<boolean> {
  const answer = await get(`/predictions/${UNUSED_ID}`)
  const text = textOf(answer)
  if (answer.status >= 300 && answer.status !== 404 && answer.status !== 400)
    throw readHttpError(answer.status, answer.headers, text)
  const body = parseJson(text, answer.status)
  if (answer.status < 300) return isObject(body) && 'status' in body
  const other = await get(`/${UNUSED_ID}`)
  const words = (said: string) => said.replace(/\S*pentimento-connection-test\S*|\d+/g, '')
  return other.status !== answer.status || words(textOf(other)) !== words(text)
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(textOf(answer))
  } catch {
    return null
  }
}

/** @returns true for a name or address of this machine or its network */
function isLocal(hostname: string): boolean {
  return (
    isLoopback(hostname) ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|\.(local|lan|home|internal)$/.test(hostname) ||
    // IPv6 of the local network, and a name without a dot.
    /^\[f[cd][\da-f]{2}:|^\[fe[89ab][\da-f]:|^[^.[]+$/.test(hostname)
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
