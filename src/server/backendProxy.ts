import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Plugin, ProxyOptions } from 'vite'
import { guard, outputAddress, routeOf } from './proxyGuard.ts'
import { type Upstream, upstreamsOf } from './upstreams.ts'

const INERT = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** Says to the page that nothing has gone upstream: what it asked for may be asked again. Its value is who was to be asked. */
const NOT_SENT = 'x-pentimento-not-sent'
/** Error codes of a connection that was never made. */
const UNCONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** The two routes of an upstream, the narrower one first: the first that begins an address serves it. */
function routesTo(upstream: Upstream, target: URL): Record<string, ProxyOptions> {
  const { prefix, outputPath, basePath, headers } = upstream
  // Without keep-alive every poll would open a new connection.
  const agent =
    target.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const shared = { target: target.origin, changeOrigin: true, agent }
  return {
    // Without the key: an output needs none, and its address is not the page's choice.
    [routeOf(outputPath)]: {
      ...shared,
      rewrite(path) {
        const { pathname = '/', search = '' } = outputAddress(path, upstream) ?? {}
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
    [routeOf(prefix)]: {
      ...shared,
      // Not in the `proxyReq` event, which large uploads (Expect: 100-continue) skip.
      headers: { ...headers },
      rewrite: (path) => basePath + path.slice(prefix.length),
      configure(server) {
        server.on('error', (error: NodeJS.ErrnoException, _request, response) => {
          if (!UNCONNECTED.has(error.code ?? '') || !('writeHead' in response) || response.headersSent) return
          response.writeHead(502, { ...INERT, [NOT_SENT]: target.origin }).end()
        })
        server.on('proxyRes', (answer) => {
          for (const name of Object.keys(answer.headers))
            if (name === NOT_SENT || /^(set-cookie$|access-control-)/.test(name)) delete answer.headers[name]
          answer.headers['cache-control'] = 'no-store'
        })
      },
    },
  }
}

/**
 * Serves the backends of the environment on the dev and the preview server, for the page that comes from there: the
 * predictions API at `/replicate/v1` with the key, a Cog server at `/cog`, and what lies on them as outputs.
 * @see upstreamsOf
 */
export function backendProxyPlugin(env: Readonly<Record<string, string | undefined>>): Plugin {
  const upstreams = upstreamsOf(env)
  const proxy = Object.assign(
    {},
    ...upstreams.map((upstream) => (upstream.target ? routesTo(upstream, upstream.target) : {})),
  ) as Record<string, ProxyOptions>
  return {
    name: 'pentimento-backend-proxy',
    config: () => ({ server: { proxy }, preview: { proxy } }),
    // Not the proxy's own `bypass`: a request that it answers still goes upstream.
    configureServer: ({ middlewares }) => {
      middlewares.use(guard(upstreams))
    },
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(guard(upstreams))
    },
  }
}
