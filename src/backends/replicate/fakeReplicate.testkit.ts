import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, Mounted, type Scenario } from './fakeMount.testkit'
import { parsed, readBytes, route, takeFile } from './fakeRoutes.testkit'

/** A predictions server over real sockets: create, poll, cancel, outputs, and faults by scenario. */
export class FakeReplicate {
  private readonly server: Server
  private readonly mounts = new Map<string, Mounted>()
  private next = 1

  constructor() {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
    })
  }

  /** @param port 0 takes any free one */
  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve)
    })
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve())
    })
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** A new API with its own state. @param path fixed where a proxy has to know it */
  mount(scenario: Scenario = {}, path = `/m${this.next++}`): Mounted {
    const mounted = new Mounted(`${this.origin}${path}/v1`, scenario)
    this.mounts.set(path, mounted)
    return mounted
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const match = /^(\/[\w-]+)(?:\/v1)?(\/.*)$/.exec(request.url ?? '')
    const mounted = match ? this.mounts.get(match[1]) : undefined
    const call = callOf(request, response, mounted?.scenario)
    const path = match?.[2] ?? ''
    if (request.method === 'OPTIONS') {
      if (mounted?.scenario.cors === false) call.text(405, '')
      else call.text(204, '')
      return
    }
    const came = await readBytes(request)
    const body = parsed(came)
    if (!mounted) {
      call.json(404, { detail: 'The requested resource could not be found.', status: 404 })
      return
    }
    mounted.seen.push({
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization ?? null,
      headers: request.headers,
      body,
      at: performance.now(),
    })
    const output = /^\/out\/([\w-]+)\/(\d+)\.png$/.exec(path)
    if (output) {
      const bytes = mounted.predictions.get(output[1])?.outputs[Number(output[2])]
      if (!bytes) call.text(404, 'gone')
      else if (mounted.scenario.onOutput?.(call, bytes)) return
      else
        response
          .writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' })
          .end(bytes)
      return
    }
    const { token } = mounted.scenario
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      call.json(401, {
        title: 'Unauthenticated',
        detail: 'You did not pass a valid authentication token',
        status: 401,
      })
      return
    }
    if (
      request.method === 'POST' &&
      path === '/files' &&
      mounted.scenario.files !== false &&
      !mounted.scenario.gateway
    ) {
      await takeFile(mounted, call, came)
      return
    }
    route(mounted, call, path, body)
  }
}

function callOf(request: IncomingMessage, response: ServerResponse, scenario: Scenario = {}): Call {
  const close = scenario.freshConnection ? { connection: 'close' } : {}
  const allow =
    scenario.cors !== false
      ? {
          ...close,
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'authorization, content-type, x-connection-api-key',
          'access-control-allow-methods': 'GET, POST',
          'access-control-expose-headers': 'retry-after',
        }
      : {}
  return {
    request,
    response,
    headers: allow,
    json: (status, body, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...allow, ...headers })
        .end(JSON.stringify(body)),
    text: (status, body, headers = {}) =>
      response.writeHead(status, { 'content-type': 'text/html', ...allow, ...headers }).end(body),
    drop: () => response.destroy(),
  }
}
