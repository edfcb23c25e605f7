import { AppError, errorData, NOT_SENT } from '../core/errors'
import type { JsonValue } from '../core/json'
import type { Credentials } from '../core/prediction/backend'
import { ANSWER_CHARS, type Exchange } from '../core/prediction/exchange'
import { watchOwnPolicy } from './ownPolicy'
import { isOffline, isRefusing, outMs, refusalOf } from './reach'
import { readAll, readBlob } from './readAll'

/** @returns the text of an answer, read as UTF-8 */
export function textOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes)
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The address that answered, after redirects. */
  readonly url: string
}

/** An answer that is a file: held by the browser, not by the page. */
export interface FileAnswer extends Omit<HttpAnswer, 'bytes'> {
  readonly file: Blob
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Absolute. */
  readonly url: string
  readonly credentials: Credentials
  readonly json?: unknown
  /** Sent as the field `content` of a form. */
  readonly file?: { readonly name: string; readonly content: Blob }
  /** The Prefer header. */
  readonly prefer?: string
  /** The Accept header; by default JSON, then pictures. */
  readonly accept?: string
  /** Called with each piece of text as it arrives. */
  readonly onText?: (text: string) => void
  /** Sends it even if the page is closed meanwhile. */
  readonly keepalive?: boolean
  readonly signal: AbortSignal
  /** A longer answer is an error, bytes. */
  readonly limitBytes: number
  /** Called with the request and its answer when it is over. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Until the whole answer has arrived, ms. */
  readonly timeoutMs: number
}

/**
 * Sends one request and never repeats it. The credentials go to exactly this address: only a GET without credentials
 * follows redirects. Cookies and the referrer are not sent.
 * @throws AppError `backend/unreachable` (with the origin), `backend/policy`, `backend/offline`, `backend/mixed-content`,
 * `backend/timeout`, `backend/answer-too-large`; with NOT_SENT where the request surely never left this device;
 * AbortError where `signal` is aborted
 */
export async function request(options: HttpRequest): Promise<HttpAnswer> {
  const { method, url, json, file, prefer, onExchange } = options
  const sent = () => send(options, readBytes(options.onText))
  if (!onExchange) return sent()
  const start = performance.now()
  const report = (status: number | null, answer: string) =>
    onExchange({
      method,
      url,
      prefer: prefer ?? null,
      body: (json ?? (file ? { content: file.name, bytes: file.content.size } : null)) as JsonValue | null,
      at: new Date().toISOString(),
      ms: Math.round(performance.now() - start),
      status,
      answer: answer.slice(0, ANSWER_CHARS),
    })
  try {
    const answer = await sent()
    report(answer.status, textOf(answer))
    return answer
  } catch (error) {
    report(null, errorData(error).code)
    throw error
  }
}

/** As `request`, for what is no text: a large answer takes no memory of the page. */
export function requestFile(
  options: Omit<HttpRequest, 'onText' | 'onExchange' | 'json' | 'file'>,
): Promise<FileAnswer> {
  return send(options, async ({ body }, limit, tooLarge) => ({
    file: body ? await readBlob(body, limit, tooLarge) : new Blob(),
  }))
}

/** Set by a proxy of this page that could not reach its upstream. */
const PROXY_NOT_SENT = 'x-pentimento-not-sent'

function isOwnOrigin(origin: string): boolean {
  return (globalThis.location as Location | undefined)?.origin === origin
}

type ReadBody<Body> = (response: Response, limitBytes: number, tooLarge: () => Error) => Promise<Body>

async function send<Body extends object>(
  options: HttpRequest,
  read: ReadBody<Body>,
): Promise<Omit<HttpAnswer, 'bytes'> & Body> {
  const { method, url, credentials, keepalive = false, signal, limitBytes, timeoutMs } = options
  const { origin } = new URL(url)
  const wasOffline = isOffline(origin)
  const timeout = AbortSignal.timeout(timeoutMs)
  watchOwnPolicy()
  const start = performance.now()
  const bare = credentials.token === null && Object.keys(credentials.headers).length === 0
  try {
    const response = await fetch(url, {
      method,
      headers: headersOf(options, origin),
      body: bodyOf(options),
      signal: AbortSignal.any([signal, timeout]),
      credentials: 'omit',
      // A redirect could carry a key, or the picture, to another origin.
      redirect: bare && method === 'GET' ? 'follow' : 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      keepalive,
    })
    const unsent = isOwnOrigin(origin) ? response.headers.get(PROXY_NOT_SENT) : null
    if (unsent !== null)
      throw new AppError('backend/unreachable', { params: { origin: unsent, [NOT_SENT]: 1 } })
    const params = { maxMegabytes: Math.round(limitBytes / 2 ** 20) }
    const body = await read(response, limitBytes, () => new AppError('backend/answer-too-large', { params }))
    return { status: response.status, headers: response.headers, url: response.url, ...body }
  } catch (cause) {
    const tookMs = outMs(url, start)
    if (cause instanceof AppError) throw cause
    if (signal.aborted)
      throw signal.reason instanceof Error ? signal.reason : new DOMException('', 'AbortError')
    if (timeout.aborted)
      throw new AppError('backend/timeout', { params: { origin, seconds: timeoutMs / 1000 }, cause })
    const refusal = await refusalOf(origin, wasOffline, start, cause)
    if (refusal) throw refusal
    // On the way to this machine nothing is lost: where none listened at once, none has taken it. A server that ends
    // later may have.
    const isRefused = await isRefusing(origin, tookMs)
    throw new AppError('backend/unreachable', {
      params: { origin, ...(isRefused ? { [NOT_SENT]: 1 } : {}) },
      cause,
    })
  }
}

function headersOf(
  { credentials, json, prefer, accept }: HttpRequest,
  origin: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    ...credentials.headers,
    accept: accept ?? 'application/json, image/*;q=0.9, */*;q=0.1',
  }
  if (credentials.token) headers['authorization'] = `Bearer ${credentials.token}`
  if (json !== undefined) headers['content-type'] = 'application/json'
  if (prefer !== undefined) headers['prefer'] = prefer
  // Shows a proxy of this origin that the request is this page's: another site would need a preflight to set it.
  if (origin === (globalThis.location as Location | undefined)?.origin) headers['x-pentimento'] = '1'
  return headers
}

function bodyOf({ json, file }: HttpRequest): BodyInit | null {
  if (json !== undefined) return JSON.stringify(json)
  if (!file) return null
  const form = new FormData()
  form.set('content', file.content, file.name)
  return form
}

function readBytes(onText?: (text: string) => void): ReadBody<Pick<HttpAnswer, 'bytes'>> {
  const decoder = new TextDecoder()
  const onPart = onText && ((part: Uint8Array) => onText(decoder.decode(part, { stream: true })))
  return async ({ body }, limitBytes, tooLarge) => ({
    bytes: body ? await readAll(body, limitBytes, tooLarge, onPart) : new Uint8Array(0),
  })
}
