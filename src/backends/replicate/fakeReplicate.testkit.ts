import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decode, encode } from 'fast-png'

/** What the server saw of one request. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
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
}

interface Made {
  readonly id: string
  readonly input: Record<string, unknown>
  readonly outputs: Uint8Array[]
  readonly createdAt: string
  looks: number
  canceled: boolean
}

/** One API below its own path, with what it has seen. */
export class Mounted {
  readonly base: string
  readonly scenario: Scenario
  readonly seen: SeenRequest[] = []
  readonly predictions = new Map<string, Made>()
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
      body,
      at: performance.now(),
    })
    const output = /^\/out\/([\w-]+)\/(\d+)\.png$/.exec(path)
    if (output) {
      const bytes = mounted.predictions.get(output[1])?.outputs[Number(output[2])]
      if (!bytes) call.text(404, 'gone')
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
    if (request.method === 'POST' && path === '/files' && mounted.scenario.files !== false) {
      await takeFile(mounted, call, came)
      return
    }
    route(mounted, call, path, body)
  }
}

function route(mounted: Mounted, call: Call, path: string, body: unknown): void {
  const { method } = call.request
  const { scenario } = mounted
  if (method === 'POST' && path === '/predictions') {
    if (scenario.onCreate?.(call, mounted.creates().length - 1)) return
    const made = make(mounted, body)
    if (scenario.lost && scenario.lost.creates.includes(mounted.creates().length)) {
      if (scenario.lost.how === 'drop') call.drop()
      return
    }
    call.json(201, predictionOf(mounted, made, scenario.sync ? 'succeeded' : 'starting'))
    return
  }
  if (method === 'GET' && path === '/predictions' && scenario.list !== false) {
    const results = [...mounted.predictions.values()].map((made) => predictionOf(mounted, made, 'processing'))
    call.json(200, { next: null, previous: null, results: results.toReversed() })
    return
  }
  const match = /^\/predictions\/([\w-]+)(\/cancel)?$/.exec(path)
  const made = match ? mounted.predictions.get(match[1]) : undefined
  if (method === 'POST' && match?.[2]) {
    if (scenario.onCancel?.(call)) return
    if (!made) call.json(404, { detail: 'Not found.', status: 404 })
    else {
      made.canceled = true
      call.json(200, predictionOf(mounted, made, 'canceled'))
    }
    return
  }
  if (method === 'GET' && match) {
    if (scenario.onGet?.(call, mounted.looks().length - 1)) return
    if (!made) call.json(404, { detail: 'The requested resource could not be found.', status: 404 })
    else {
      const statuses = scenario.statuses ?? ['processing', 'succeeded']
      const status = made.canceled ? 'canceled' : statuses[Math.min(made.looks, statuses.length - 1)]
      const answer = { ...predictionOf(mounted, made, status), ...scenario.fields?.(made.looks) }
      made.looks++
      call.json(200, answer)
    }
    return
  }
  if (method === 'GET' && path === '/models/some/filler') {
    call.json(200, {
      owner: 'some',
      name: 'filler',
      latest_version: { id: 'f'.repeat(64), openapi_schema: bundledSchema('ideogramV2') },
    })
    return
  }
  call.json(404, { detail: 'The requested resource could not be found.', status: 404 })
}

function make(mounted: Mounted, body: unknown): Made {
  const { input: sent } = body as { input: Record<string, unknown> }
  // What was uploaded before stands in for its address.
  const input = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, mounted.files.get(String(value)) ?? value]),
  )
  const count = typeof input['num_outputs'] === 'number' ? input['num_outputs'] : 1
  const made: Made = {
    id: `p${mounted.predictions.size + 1}abcdefghijklmnopqrstuvw`,
    input,
    outputs: Array.from({ length: count }, (_, k) => paint(input, k, mounted.scenario)),
    createdAt: new Date().toISOString(),
    looks: 0,
    canceled: false,
  }
  mounted.predictions.set(made.id, made)
  return made
}

function predictionOf(mounted: Mounted, made: Made, status: Status): Record<string, unknown> {
  const urls = made.outputs.map((_, k) => `${mounted.base.replace(/\/v1$/, '')}/out/${made.id}/${k}.png`)
  const done = status === 'succeeded'
  const step = Math.min(25, made.looks * 8)
  return {
    id: made.id,
    model: 'stability-ai/stable-diffusion-inpainting',
    version: 'hidden',
    input: {
      ...made.input,
      image: 'https://replicate.delivery/x.png',
      mask: 'https://replicate.delivery/y.png',
    },
    logs:
      status === 'starting'
        ? ''
        : `Using seed: 4242\n ${step * 4}%|###   | ${step}/25 [00:01<00:02, 16.47it/s]\n`,
    output: done ? (mounted.scenario.output ?? ((list: string[]) => list))(urls) : null,
    error:
      status === 'failed' ? 'NSFW content detected. Try running it again, or try a different prompt.' : null,
    status,
    created_at: made.createdAt,
    metrics: done ? { predict_time: 2.5 } : {},
    urls: {
      get: 'https://api.replicate.com/v1/predictions/elsewhere',
      cancel: 'https://api.replicate.com/v1/predictions/elsewhere/cancel',
    },
  }
}

/** What the fake model paints for output k: one plain colour all over, so that what is kept is told from what is not. */
export function outputColor(k: number): readonly [number, number, number] {
  return [[20, 200, 40] as const, [30, 60, 220] as const, [230, 210, 20] as const, [200, 30, 200] as const][
    k % 4
  ]
}

function paint(input: Record<string, unknown>, k: number, scenario: Scenario): Uint8Array {
  const { outputSize: size, repaints } = scenario
  const image = decodeDataUri(input['image'])
  const width = size?.width ?? image.width
  const height = size?.height ?? image.height
  const data = new Uint8Array(width * height * 3)
  const mask = repaints ? decodeDataUri(input['mask']).data : null
  for (let i = 0; i < data.length; i++) {
    const p = Math.floor(i / 3)
    const kept = mask && (mask[p] >= 128 ? 'white' : 'black') !== repaints
    data[i] = kept ? image.data[p * image.channels + (i % 3)] : outputColor(k)[i % 3]
  }
  return encode({ width, height, data, channels: 3, depth: 8 })
}

/** The schema of a bundled model, as a server has it. */
export function bundledSchema(name: 'sdInpainting' | 'fluxFillDev' | 'ideogramV2'): unknown {
  const file = new URL(`../../core/models/${name}.openapi.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as unknown
}

/** A PNG data URI as pixels. */
export function decodeDataUri(uri: unknown) {
  const text = String(uri)
  return decode(Buffer.from(text.slice(text.indexOf(',') + 1), 'base64'))
}

function callOf(request: IncomingMessage, response: ServerResponse, scenario: Scenario = {}): Call {
  const close = scenario.freshConnection ? { connection: 'close' } : {}
  const allow =
    scenario.cors !== false
      ? {
          ...close,
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'authorization, content-type',
          'access-control-allow-methods': 'GET, POST',
          'access-control-expose-headers': 'retry-after',
        }
      : {}
  return {
    request,
    response,
    json: (status, body, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...allow, ...headers })
        .end(JSON.stringify(body)),
    text: (status, body, headers = {}) =>
      response.writeHead(status, { 'content-type': 'text/html', ...allow, ...headers }).end(body),
    drop: () => response.destroy(),
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Keeps an uploaded file, and answers as the hosted API does. */
async function takeFile(mounted: Mounted, call: Call, bytes: Buffer): Promise<void> {
  const type = String(call.request.headers['content-type'])
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const content = form.get('content')
  if (!(content instanceof Blob)) {
    call.json(400, { detail: 'content is required' })
    return
  }
  const address = `${mounted.base}/files/f${mounted.files.size + 1}`
  const base64 = Buffer.from(await content.arrayBuffer()).toString('base64')
  mounted.files.set(address, `data:image/png;base64,${base64}`)
  call.json(201, { id: `f${mounted.files.size}`, size: content.size, urls: { get: address } })
}

function parsed(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
