import { Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Connect, Plugin, ProxyOptions } from 'vite'

const PREFIX = '/replicate/v1'
/** Fetches an output, whose address is the query's `address`, from the upstream: a page may not read it there. */
const OUTPUT_PATH = '/replicate/output'

const INERT = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** Methods and paths, below the prefix, that the page may reach with the server's token. */
const ALLOWED: readonly (readonly [method: string, path: RegExp])[] = [
  ['POST', /^\/(predictions|models\/[\w.-]+\/[\w.-]+\/predictions)$/],
  ['POST', /^\/predictions\/[\w-]+\/cancel$/],
  ['POST', /^\/files$/],
  ['GET', /^\/(predictions(\/[\w-]+)?|models\/[\w.-]+\/[\w.-]+(\/versions(\/[\w-]+)?)?)$/],
]

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

/** Largest request that is passed on, bytes. */
const MAX_BYTES = 100 * 2 ** 20

/** JSON, or for files the page's form with a header that another site would need a preflight to set. */
function isExpectedType({ headers }: IncomingMessage, path: string): boolean {
  const type = headers['content-type'] ?? ''
  if (path === '/files') return type.startsWith('multipart/form-data') && headers['x-pentimento'] === '1'
  return path.endsWith('/cancel') || type.startsWith('application/json')
}

function refusal(request: IncomingMessage, hasToken: boolean): { status: number; detail: string } | null {
  const path = (request.url ?? '').slice(PREFIX.length).split('?', 1)[0] ?? ''
  if (!isLocalHost(request)) return { status: 421, detail: 'This proxy is for this machine only.' }
  if (!isSameOrigin(request)) return { status: 403, detail: 'Only the page served here may use this proxy.' }
  if (!ALLOWED.some(([method, pattern]) => method === request.method && pattern.test(path))) {
    return { status: 404, detail: 'Not a path of the predictions API.' }
  }
  if (request.method === 'POST' && !isExpectedType(request, path)) {
    return { status: 415, detail: 'Only application/json is taken, and for files what the page sends.' }
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) {
    return { status: 413, detail: 'At most 100 MB are passed on.' }
  }
  if (!hasToken) return { status: 403, detail: 'REPLICATE_API_TOKEN is not set on the server.' }
  return null
}

/** An origin with one name for this machine, which has three. */
function byOneName(origin: string): string {
  return origin.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=:|$)/, '$1localhost')
}

/** The address of an output, where it names the upstream, on this machine by any of its names; null otherwise. */
function outputAddress(path: string, origin: string): URL | null {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  const address = searchParams.get('address') ?? ''
  if (pathname !== OUTPUT_PATH || !URL.canParse(address)) return null
  const url = new URL(address)
  return byOneName(url.origin) === byOneName(origin) && url.username === '' && url.password === ''
    ? url
    : null
}

function outputRefusal(request: IncomingMessage, origin: string): { status: number; detail: string } | null {
  if (!isLocalHost(request)) return { status: 421, detail: 'This proxy is for this machine only.' }
  if (!isSameOrigin(request)) return { status: 403, detail: 'Only the page served here may use this proxy.' }
  if (request.method !== 'GET') return { status: 405, detail: 'Outputs are fetched by GET.' }
  if (!outputAddress(request.url ?? '', origin)) return { status: 421, detail: 'No output of the upstream.' }
  return null
}

/** Runs before the proxy and answers every request that must not be passed on. */
function guard(hasToken: boolean, origin: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const isOutput = request.url?.startsWith(OUTPUT_PATH) ?? false
    if (!isOutput && !request.url?.startsWith(PREFIX)) {
      next()
      return
    }
    const refused = isOutput ? outputRefusal(request, origin) : refusal(request, hasToken)
    if (refused) {
      response.writeHead(refused.status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(refused))
      return
    }
    for (const name of Object.keys(request.headers)) if (!FORWARDED.has(name)) delete request.headers[name]
    next()
  }
}

/**
 * Serves `/replicate/v1` on the dev and the preview server: passes the predictions API on, with the environment's token;
 * and `/replicate/output`, for outputs that lie on the upstream itself.
 * @param env REPLICATE_API_URL is the upstream (default https://api.replicate.com), which answers below `/v1`;
 * REPLICATE_API_TOKEN is the key, which never reaches the page
 */
export function replicateProxyPlugin(env: Readonly<Record<string, string | undefined>>): Plugin {
  const token = env['REPLICATE_API_TOKEN']
  const target = new URL(env['REPLICATE_API_URL'] || 'https://api.replicate.com')
  const basePath = target.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
  // Without keep-alive every poll would open a new connection.
  const agent =
    target.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const proxy: Record<string, ProxyOptions> = {
    // Without the token: an output needs none, and its address is not the page's choice.
    [OUTPUT_PATH]: {
      target: target.origin,
      changeOrigin: true,
      agent,
      rewrite(path) {
        const { pathname = '/', search = '' } = outputAddress(path, target.origin) ?? {}
        return pathname + search
      },
      configure(server) {
        server.on('proxyRes', (answer) => {
          // Bytes for the page's own reader: opened in a tab, nothing of it is shown or run on this origin.
          const length = answer.headers['content-length']
          answer.headers = { ...(length === undefined ? {} : { 'content-length': length }), ...INERT }
        })
      },
    },
    [PREFIX]: {
      target: target.origin,
      changeOrigin: true,
      agent,
      // Not in the `proxyReq` event, which large uploads (Expect: 100-continue) skip.
      headers: token ? { authorization: `Bearer ${token}` } : {},
      rewrite: (path) => `${basePath}/v1${path.slice(PREFIX.length)}`,
      configure(server) {
        server.on('proxyRes', ({ headers }) => {
          for (const name of Object.keys(headers))
            if (/^(set-cookie$|access-control-)/.test(name)) delete headers[name]
          headers['cache-control'] = 'no-store'
        })
      },
    },
  }
  return {
    name: 'pentimento-replicate-proxy',
    config: () => ({ server: { proxy }, preview: { proxy } }),
    // Not the proxy's own `bypass`: a request that it answers still goes upstream.
    configureServer: ({ middlewares }) => {
      middlewares.use(guard(Boolean(token), target.origin))
    },
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(guard(Boolean(token), target.origin))
    },
  }
}
