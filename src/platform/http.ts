import { AppError, errorData } from '../core/errors'
import type { JsonValue } from '../core/json'
import type { Credentials } from '../core/prediction/backend'
import { ANSWER_CHARS, type Exchange } from '../core/prediction/exchange'
import { readAll } from './readAll'

/** The text of an answer, read as UTF-8. */
export function textOf(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.bytes)
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where the answer came from, after redirects. */
  readonly url: string
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Absolute. */
  readonly url: string
  readonly credentials: Credentials
  readonly json?: unknown
  /** A file, as the field `content` of a form. */
  readonly file?: { readonly name: string; readonly content: Blob }
  /** The Prefer header. */
  readonly prefer?: string
  /** The Accept header, where it is not that of an API. */
  readonly accept?: string
  /** Told of each piece of text as it comes. */
  readonly onText?: (text: string) => void
  /** Goes out even if the page is closed meanwhile. */
  readonly keepalive?: boolean
  readonly signal: AbortSignal
  /** Most bytes of the answer that are read. */
  readonly limitBytes: number
  /** Told of the request and its answer when it is over. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Gives up after this long without a complete answer. */
  readonly timeoutMs: number
}

/**
 * One request, never repeated. The credentials go to exactly this address; redirects are refused but for a GET
 * without any; cookies and the referrer stay here.
 * @throws AppError `backend/unreachable` (with the origin), `backend/offline`, `backend/timeout`,
 * `backend/answer-too-large`; AbortError where `signal` says so
 */
export async function request(options: HttpRequest): Promise<HttpAnswer> {
  const { method, url, json, file, prefer, onExchange } = options
  if (!onExchange) return send(options)
  const start = performance.now()
  const tell = (status: number | null, answer: string) =>
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
    const answer = await send(options)
    tell(answer.status, textOf(answer))
    return answer
  } catch (error) {
    tell(null, errorData(error).code)
    throw error
  }
}

async function send(options: HttpRequest): Promise<HttpAnswer> {
  const { method, url, credentials, keepalive = false, signal, limitBytes, timeoutMs } = options
  const { origin } = new URL(url)
  const timeout = AbortSignal.timeout(timeoutMs)
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
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readBody(response, limitBytes, options.onText),
      url: response.url,
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (signal.aborted)
      throw signal.reason instanceof Error ? signal.reason : new DOMException('', 'AbortError')
    if (timeout.aborted)
      throw new AppError('backend/timeout', { params: { origin, seconds: timeoutMs / 1000 }, cause })
    if ((globalThis.navigator as Navigator | undefined)?.onLine === false && !isLoopback(origin))
      throw new AppError('backend/offline', { params: { origin }, cause })
    throw new AppError('backend/unreachable', { params: { origin }, cause })
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
  // A proxy of this origin that holds a key tells this page by it: no other site can set it without asking first.
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

/** True where something answers at an address at all, whether or not this page may read it. Sends nothing of the page. */
export async function isAnswering(url: string, timeoutMs: number): Promise<boolean> {
  try {
    await fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return true
  } catch {
    return false
  }
}

function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin)
}

async function readBody(
  { body }: Response,
  limitBytes: number,
  onText?: (text: string) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!body) return new Uint8Array(0)
  const decoder = new TextDecoder()
  const params = { maxMegabytes: Math.round(limitBytes / 2 ** 20) }
  return readAll(
    body,
    limitBytes,
    () => new AppError('backend/answer-too-large', { params }),
    onText && ((part) => onText(decoder.decode(part, { stream: true }))),
  )
}
