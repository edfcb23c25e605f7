import { AppError, errorData } from '../core/errors'
import type { JsonValue } from '../core/json'
import { ANSWER_CHARS, type Exchange } from '../core/prediction/exchange'

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
  readonly token: string | null
  readonly json?: unknown
  /** The Prefer header. */
  readonly prefer?: string
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
 * One request, never repeated. The token goes into the Authorization header of exactly this address; redirects are
 * refused but for a GET without a token; cookies and the referrer stay here.
 * @throws AppError `backend/unreachable` (with the origin), `backend/offline`, `backend/timeout`,
 * `backend/answer-too-large`; AbortError where `signal` says so
 */
export async function request(options: HttpRequest): Promise<HttpAnswer> {
  const { method, url, json, prefer, onExchange } = options
  if (!onExchange) return send(options)
  const start = performance.now()
  const tell = (status: number | null, answer: string) =>
    onExchange({
      method,
      url,
      prefer: prefer ?? null,
      body: (json ?? null) as JsonValue | null,
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
  const { method, url, token, json, prefer, keepalive = false, signal, limitBytes, timeoutMs } = options
  const { origin } = new URL(url)
  const timeout = AbortSignal.timeout(timeoutMs)
  const headers: Record<string, string> = { accept: 'application/json, image/*;q=0.9, */*;q=0.1' }
  if (token) headers['authorization'] = `Bearer ${token}`
  if (json !== undefined) headers['content-type'] = 'application/json'
  if (prefer !== undefined) headers['prefer'] = prefer
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: json === undefined ? null : JSON.stringify(json),
      signal: AbortSignal.any([signal, timeout]),
      credentials: 'omit',
      // With a token a redirect could carry it, or the picture, to another origin.
      redirect: token === null && method === 'GET' ? 'follow' : 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      keepalive,
    })
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readLimited(response, limitBytes),
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

async function readLimited(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(0)
  const reader = response.body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > limit) {
      void reader.cancel().catch(() => {})
      throw new AppError('backend/answer-too-large', {
        params: { maxMegabytes: Math.round(limit / 2 ** 20) },
      })
    }
    parts.push(value)
  }
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
