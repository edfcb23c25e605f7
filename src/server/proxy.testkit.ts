import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { createServer, type ViteDevServer } from 'vite'
import { FakeCog } from '../backends/cog/fakeCog.testkit'
import type { Mounted } from '../backends/replicate/fakeMount.testkit'
import { FakeReplicate } from '../backends/replicate/fakeReplicate.testkit'
import { backendProxyPlugin } from './backendProxy'

const GRAY = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='
export const PICTURE = `data:image/png;base64,${GRAY}`

/** The page's server with its proxy, which `environment` configures; its root is an empty folder. */
export async function startProxy(root: string, environment: Record<string, string>) {
  const server = await createServer({
    configFile: false,
    root,
    logLevel: 'silent',
    plugins: [backendProxyPlugin(environment)],
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  })
  await server.listen()
  return { server, origin: `http://127.0.0.1:${(server.httpServer!.address() as AddressInfo).port}` }
}

/** The proxy with its two upstreams, and a server that is none of them; they run while the tests of the file do. */
export class ProxiedPage {
  readonly upstream = new FakeReplicate()
  readonly elsewhere = new FakeReplicate()
  readonly cog = new FakeCog()
  readonly root = mkdtempSync(join(tmpdir(), 'proxy-'))
  api!: Mounted
  origin = ''
  private server!: ViteDevServer

  constructor() {
    beforeAll(() => this.start())
    afterAll(() => this.stop())
    afterEach(() => {
      this.api.seen.length = 0
      this.cog.seen.length = 0
    })
  }

  /** As the page asks. `fetch` normalises a path; this does not. */
  asPage(method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.origin + path, {
      method,
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
      ...(method === 'GET' ? {} : { body: '{"input":{}}' }),
    })
  }

  /** The status of an answer. `fetch` sets its own Host and Sec-Fetch-Site; this does not. */
  ask(path: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.origin)
      const outgoing = request({ hostname, port, path, headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      outgoing.on('error', reject).end()
    })
  }

  private async start(): Promise<void> {
    await Promise.all([this.upstream.start(), this.elsewhere.start(), this.cog.start()])
    this.api = this.upstream.mount({ token: 'r8_kept' }, '/upstream')
    const { server, origin } = await startProxy(this.root, {
      REPLICATE_API_URL: `${this.upstream.origin}/upstream`,
      REPLICATE_API_TOKEN: 'r8_kept',
      COG_URL: this.cog.base,
    })
    this.server = server
    this.origin = origin
    vi.stubGlobal('location', new URL(origin))
  }

  private async stop(): Promise<void> {
    vi.unstubAllGlobals()
    rmSync(this.root, { recursive: true, force: true })
    await Promise.all([this.server.close(), this.upstream.stop(), this.elsewhere.stop(), this.cog.stop()])
  }
}
