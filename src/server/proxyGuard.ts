import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Upstream } from './upstreams.ts'

/** Request headers that go upstream. All others are dropped: cookies, the page's Authorization, Origin, Referer. */
const FORWARDED = new Set([
  'accept',
  'content-type',
  'content-length',
  'transfer-encoding',
  'prefer',
  'cancel-after',
  'user-agent',
])

/** Largest request that is passed on, bytes. */
const MAX_BYTES = 100 * 2 ** 20

interface Refusal {
  readonly status: number
  readonly detail: string
}

/** Only this page may use the key. A browser names the requesting site; other programs send no Origin. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return !headers.origin || headers.origin.replace(/^https?:\/\//, '') === headers.host
}

/** Another name that resolves to this machine is an attack (DNS rebinding). */
function isLocalHost({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}

/** JSON, or for files the page's form with a header that another site would need a preflight to set. */
function isExpectedType({ headers }: IncomingMessage, path: string): boolean {
  const type = headers['content-type'] ?? ''
  if (path === '/files') return type.startsWith('multipart/form-data') && headers['x-pentimento'] === '1'
  return path.endsWith('/cancel') || type.startsWith('application/json')
}

/** What every request has to be: of the page that came from here. */
function strange(request: IncomingMessage): Refusal | null {
  if (!isLocalHost(request)) return { status: 421, detail: 'This proxy is for this machine only.' }
  if (!isSameOrigin(request)) return { status: 403, detail: 'Only the page served here may use this proxy.' }
  return null
}

function refusal(request: IncomingMessage, path: string, upstream: Upstream): Refusal | null {
  const other = strange(request)
  if (other) return other
  if (!upstream.allowed.some(([method, pattern]) => method === request.method && pattern.test(path))) {
    return { status: 404, detail: 'Not a path that is passed on.' }
  }
  if (request.method !== 'GET' && !isExpectedType(request, path)) {
    return { status: 415, detail: 'Only application/json is taken, and for files what the page sends.' }
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) {
    return { status: 413, detail: 'At most 100 MB are passed on.' }
  }
  return upstream.missing === null ? null : { status: 403, detail: upstream.missing }
}

/** An origin with one name for this machine, which has three. */
function byOneName(origin: string): string {
  return origin.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=:|$)/, '$1localhost')
}

/** The address of an output, where it names the upstream, on this machine by any of its names; null otherwise. */
export function outputAddress(path: string, { outputPath, target }: Upstream): URL | null {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  const address = searchParams.get('address') ?? ''
  if (!target || pathname !== outputPath || !URL.canParse(address)) return null
  const url = new URL(address)
  return byOneName(url.origin) === byOneName(target.origin) && url.username === '' && url.password === ''
    ? url
    : null
}

function outputRefusal(request: IncomingMessage, upstream: Upstream): Refusal | null {
  const other = strange(request)
  if (other) return other
  if (request.method !== 'GET') return { status: 405, detail: 'Outputs are fetched by GET.' }
  if (!outputAddress(request.url ?? '', upstream))
    return { status: 421, detail: 'No output of the upstream.' }
  return null
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** Matches the path itself and what lies below it: what is passed on is exactly what is looked at here. */
export function routeOf(path: string): string {
  return `^${path}(?=[/?]|$)`
}

function isBelow(url: string, path: string): boolean {
  return new RegExp(routeOf(path)).test(url)
}

/** Runs before the proxy: answers what must not be passed on, and whether there is anything to pass on to. */
export function guard(upstreams: readonly Upstream[]) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const url = request.url ?? ''
    const upstream = upstreams.find(
      ({ prefix, outputPath }) => isBelow(url, prefix) || isBelow(url, outputPath),
    )
    if (!upstream) {
      next()
      return
    }
    const { prefix, outputPath, target, missing } = upstream
    const isOutput = isBelow(url, outputPath)
    const isQuestion = url === prefix && request.method === 'GET'
    let refused: Refusal | null
    if (isOutput) refused = outputRefusal(request, upstream)
    else if (isQuestion) refused = strange(request)
    else refused = refusal(request, url.slice(prefix.length).split('?', 1)[0] ?? '', upstream)
    if (refused) answer(response, refused.status, refused)
    else if (isQuestion) {
      const ready = missing === null
      answer(response, 200, { ready, host: ready ? (target?.host ?? null) : null })
    } else {
      for (const name of Object.keys(request.headers)) if (!FORWARDED.has(name)) delete request.headers[name]
      next()
    }
  }
}
