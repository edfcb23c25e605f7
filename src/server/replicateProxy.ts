import { Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Connect, Plugin, ProxyOptions } from 'vite'

const PREFIX = '/replicate/v1'

/** Method and path, below the prefix, that the page may reach with the server's token. */
const ALLOWED: readonly (readonly [method: string, path: RegExp])[] = [
  ['POST', /^\/(predictions|models\/[\w.-]+\/[\w.-]+\/predictions)$/],
  ['POST', /^\/predictions\/[\w-]+\/cancel$/],
  ['POST', /^\/files$/],
  ['GET', /^\/(predictions(\/[\w-]+)?|models\/[\w.-]+\/[\w.-]+(\/versions(\/[\w-]+)?)?)$/],
]

/** Request headers that go upstream; cookies, the page's own Authorization, Origin, Referer and the rest stay here. */
const KEPT = new Set([
  'accept',
  'content-type',
  'content-length',
  'transfer-encoding',
  'prefer',
  'cancel-after',
  'user-agent',
])

/** Only this page may use the key: a browser says where a request comes from, other programs have no Origin. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return !headers.origin || headers.origin.replace(/^https?:\/\//, '') === headers.host
}

/** This machine's own names: another one that leads here is a trick (DNS rebinding). */
function isLocalHost({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}

const MOST_BYTES = 100 * 2 ** 20

/** JSON; of files the form that the page sends, with a header that no other site can set without asking first. */
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
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) {
    return { status: 413, detail: 'At most 100 MB are passed on.' }
  }
  if (!hasToken) return { status: 403, detail: 'REPLICATE_API_TOKEN is not set on the server.' }
  return null
}

/** Stands before the proxy and ends whatever it must not pass on. */
function guard(hasToken: boolean): Connect.NextHandleFunction {
  return (request, response, next) => {
    if (!request.url?.startsWith(PREFIX)) {
      next()
      return
    }
    const refused = refusal(request, hasToken)
    if (refused) {
      response.writeHead(refused.status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(refused))
      return
    }
    for (const name of Object.keys(request.headers)) if (!KEPT.has(name)) delete request.headers[name]
    next()
  }
}

/**
 * `/replicate/v1` of the dev and the preview server: adds the token that the environment holds and passes the
 * predictions API on, nothing else. REPLICATE_API_URL names the upstream (https://api.replicate.com), whose `/v1`
 * answers; REPLICATE_API_TOKEN the key, which never reaches the page.
 */
export function replicateProxyPlugin(env: Readonly<Record<string, string | undefined>>): Plugin {
  const token = env['REPLICATE_API_TOKEN']
  const target = new URL(env['REPLICATE_API_URL'] || 'https://api.replicate.com')
  const basePath = target.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
  const proxy: Record<string, ProxyOptions> = {
    [PREFIX]: {
      target: target.origin,
      changeOrigin: true,
      // Without an agent of its own every poll would open a connection of its own.
      agent:
        target.protocol === 'https:'
          ? new HttpsAgent({ keepAlive: true })
          : new HttpAgent({ keepAlive: true }),
      // Set here and not in an event: large uploads (Expect: 100-continue) skip that event.
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
    // Not the proxy's own `bypass`: that answers, and the request goes upstream all the same.
    configureServer: ({ middlewares }) => {
      middlewares.use(guard(Boolean(token)))
    },
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(guard(Boolean(token)))
    },
  }
}
