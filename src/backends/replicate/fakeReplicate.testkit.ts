import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { parsed, readBytes, route, takeFile } from './fakeRoutes.testkit'

/** What the server saw of one request. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  readonly at: number
}

type Status = string

/** How one mounted API behaves; everything left out behaves as documented. */
export interface Scenario {
  /** Answers with 401 where the request does not carry it. */
  readonly token?: string
  /** Statuses of the answers to GET, the last one repeated. */
  readonly statuses?: readonly Status[]
  /** More fields of a GET's answer, by its number from 0. */
  readonly fields?: (look: number) => Record<string, unknown>
  /** Changes the final output list. */
  readonly output?: (urls: string[]) => unknown
  readonly outputSize?: { readonly width: number; readonly height: number }
  /** Takes over the answer to create. @returns false to answer as usual */
  readonly onCreate?: (call: Call, number: number) => boolean
  readonly onGet?: (call: Call, number: number) => boolean
  readonly onCancel?: (call: Call) => boolean
  readonly onOutput?: (call: Call, png: Uint8Array) => boolean
  /**
   * A gateway that copies the protocol: 200, ids of its own beside foreign `urls`, words of its own for a status, one
   * output as a string, no list and no files.
   */
  readonly gateway?: boolean
  /** So many outputs are told of while the run goes on. */
  readonly partial?: number
  /** false sends no CORS headers. */
  readonly cors?: boolean
  /**
   * Closes the connection after each answer, so that the next request comes on a fresh one: on a used one that is
   * dropped without an answer, Chromium sends the request again by itself.
   */
  readonly freshConnection?: boolean
  /** The creates of these numbers, from 1, act, and their answer is lost: the connection drops, or stays silent. */
  readonly lost?: { readonly creates: readonly number[]; readonly how: 'drop' | 'hang' }
  /** false has no list of predictions. */
  readonly list?: boolean
  /** Paints only where the mask has this tone; else all over. */
  readonly repaints?: 'white' | 'black'
  /** How long create takes to answer, ms. */
  readonly createMs?: number
  /** The answer to create is already over. */
  readonly sync?: boolean
  /** false takes no files. */
  readonly files?: boolean
}

export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  json(status: number, body: unknown, headers?: Record<string, string>): void
  text(status: number, body: string, headers?: Record<string, string>): void
  /** Closes the connection without an answer. */
  drop(): void
  /** CORS and the like, as `json` sends them. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Made {
  readonly id: string
  readonly input: Record<string, unknown>
  readonly outputs: Uint8Array[]
  readonly createdAt: string
  looks: number
  canceled: boolean
  /** A final answer was given. */
  over: boolean
}

/** One API below its own path, with what it has seen. */
export class Mounted {
  readonly base: string
  readonly scenario: Scenario
  readonly seen: SeenRequest[] = []
  readonly predictions = new Map<string, Made>()
  /** Looks at runs that were told to be over. */
  pollsAfterEnd = 0
  /** What was uploaded, as data URIs by address. */
  readonly files = new Map<string, string>()

  constructor(base: string, scenario: Scenario) {
    this.base = base
    this.scenario = scenario
  }

  creates(): SeenRequest[] {
    return this.seen.filter(({ method, path }) => method === 'POST' && path === '/predictions')
  }

  looks(): SeenRequest[] {
    return this.seen.filter(
      ({ method, path }) => method === 'GET' && /^\/predictions\/(?!pentimento-)/.test(path),
    )
  }

  cancels(): SeenRequest[] {
    return this.seen.filter(({ path }) => path.endsWith('/cancel'))
  }
}

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
