import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decode, encode } from 'fast-png'
import { bundledSchema } from '../replicate/fakeModel.testkit'
import { CORS, FakeEvents } from './fakeEvents.testkit'

/** How the server behaves; everything left out is the Rust runtime of 2026 on an idle machine. */
export interface CogScenario {
  /** The Python server: other words, ids and echoes. */
  readonly old?: boolean
  /** The Python server of v0.9.26: its index names no version, and while a run is held it answers nothing else. */
  readonly veryOld?: boolean
  readonly runMs?: number
  readonly fails?: string
  /** Takes over the answer to PUT. @returns false to answer as usual */
  readonly onPut?: (response: ServerResponse, number: number) => boolean
  /** Answers of the first health checks; then READY or BUSY. */
  readonly starting?: number
  /** The model sends its outputs and progress as server-sent events. */
  readonly streams?: boolean
  /** Ends a stream before the run is over. */
  readonly cutStream?: boolean
}

interface CogRun {
  readonly id: string
  readonly input: Record<string, unknown>
  /** Steps that its log tells, one more each time that it is asked for. */
  steps: number
  readonly events: FakeEvents | null
  finish: (status: 'succeeded' | 'failed' | 'canceled') => void
}

/** A file that lies on the server. */
const PIXEL = encode({ width: 1, height: 1, data: Uint8Array.of(128), channels: 1, depth: 8 })

/** A bare Cog server over real sockets, behind a proxy that adds CORS: one slot, no list, finished runs forgotten. */
export class FakeCog {
  scenario: CogScenario = {}
  /** Method and path of every request except preflights. */
  readonly seen: string[] = []
  /** The inputs of each run. */
  readonly inputs: Record<string, unknown>[] = []
  private readonly server: Server
  private running: CogRun | null = null
  /** Called when the run is over, by a server that answers nothing else before. */
  private readonly held: (() => void)[] = []
  private puts = 0
  private healthChecks = 0

  constructor(scenario: CogScenario = {}) {
    this.scenario = scenario
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
  }

  /** @param port any free one by default */
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

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Ends the run that is on before its time. */
  finish(): void {
    this.running?.finish('succeeded')
  }

  /** The run that is on streams a quarter of its progress, before its time; the second one comes with an output. */
  tell(quarter: number): void {
    if (this.running) this.running.events?.tell(quarter, outputsOf(this.running.input)[0])
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json', ...CORS }).end(JSON.stringify(body))
    if (method === 'OPTIONS') {
      response.writeHead(204, CORS).end()
      return
    }
    this.seen.push(`${method} ${url}`)
    const body: unknown = await readJson(request)
    if (this.scenario.veryOld && this.running) await new Promise<void>((resolve) => this.held.push(resolve))
    if (method === 'GET' && url === '/') {
      json(200, {
        ...(this.scenario.veryOld ? {} : { cog_version: this.scenario.old ? '0.16.12' : '0.22.0' }),
        docs_url: '/docs',
        openapi_url: '/openapi.json',
        healthcheck_url: '/health-check',
        predictions_url: '/predictions',
        predictions_cancel_url: '/predictions/{prediction_id}/cancel',
      })
    } else if (method === 'GET' && url === '/health-check') {
      const loading = this.healthChecks++ < (this.scenario.starting ?? 0)
      json(200, { status: loading ? 'STARTING' : this.running ? 'BUSY' : 'READY', setup: { logs: '' } })
    } else if (method === 'GET' && url === '/openapi.json') {
      json(200, { ...(bundledSchema('sdInpainting') as object), info: { title: 'Cog', version: '0.1.0' } })
    } else if (method === 'GET' && url === '/output.png') {
      response.writeHead(200, { 'content-type': 'image/png', ...CORS }).end(PIXEL)
    } else if (method === 'PUT') this.put(request, response, json, body, url.split('/')[2] ?? '')
    else if (method === 'POST' && url.endsWith('/cancel')) {
      const known = this.running?.id === url.split('/')[2]
      if (known) this.running?.finish('canceled')
      json(known ? 200 : 404, {})
    } else if (method === 'GET' && url.startsWith('/predictions/')) {
      response.writeHead(405, { allow: 'PUT', ...CORS }).end()
    } else response.writeHead(404, CORS).end()
  }

  private put(
    request: IncomingMessage,
    response: ServerResponse,
    json: (status: number, body: unknown) => void,
    body: unknown,
    id: string,
  ): void {
    const { veryOld = false, old = veryOld, runMs = 300, fails, onPut, starting = 0 } = this.scenario
    const input = (body as { input?: Record<string, unknown> }).input ?? {}
    if (this.running?.id === id) {
      json(202, {
        id,
        status: 'processing',
        logs: this.logs(),
        ...(old ? { input: this.running.input } : {}),
      })
      return
    }
    if (!('image' in input)) {
      json(422, { detail: [{ loc: ['body', 'input', 'image'], msg: 'field required' }] })
      return
    }
    if (onPut?.(response, this.puts++)) return
    if (this.healthChecks < starting) {
      json(503, { error: 'Setup has not finished yet. Try again later.', status: 'failed' })
      return
    }
    if (this.running) {
      json(
        409,
        old
          ? { detail: 'Already running a prediction' }
          : { error: 'At capacity - all prediction slots busy' },
      )
      return
    }
    this.inputs.push(input)
    const wantsEvents = request.headers.accept === 'text/event-stream'
    if (wantsEvents && !this.scenario.streams) {
      json(406, { error: 'no events' })
      return
    }
    const events = wantsEvents ? new FakeEvents(response) : null
    const run: CogRun = {
      id,
      input,
      steps: 0,
      events,
      finish: (status) => {
        if (this.running !== run) return
        this.running = null
        clearTimeout(timer)
        const ended = {
          id,
          status,
          ...(status === 'succeeded' ? { output: outputsOf(input) } : old ? { output: null } : {}),
          ...(status === 'failed' ? { error: old ? fails : `Prediction failed: ${fails}` } : {}),
          logs: status === 'succeeded' ? `Using seed: ${String(input['seed'])}\n` : '',
          metrics: { predict_time: runMs / 1000 },
        }
        if (!events) json(200, ended)
        else if (this.scenario.cutStream) response.end()
        else events.end(ended)
        for (const answer of this.held.splice(0)) answer()
      },
    }
    const timer = setTimeout(() => run.finish(fails ? 'failed' : 'succeeded'), runMs)
    this.running = run
    if (events) events.progress(runMs, outputsOf(input)[0], () => this.running === run)
    // The Rust runtime ends a run whose client is gone; the Python server goes on.
    response.on('close', () => {
      if (!response.writableEnded && !old) run.finish('canceled')
    })
    request.on('error', () => {})
  }

  private logs(): string {
    const run = this.running
    if (!run) return ''
    const step = (run.steps = Math.min(19, run.steps + 1))
    return `Using seed: ${String(run.input['seed'])}\r ${step * 5}%|###   | ${step}/20 [00:01<00:02, 9.11it/s]\r`
  }
}

/** Plain pictures of the input's size, as data URIs. */
function outputsOf(input: Record<string, unknown>): string[] {
  const text = String(input['image'])
  const { width, height } = decode(Buffer.from(text.slice(text.indexOf(',') + 1), 'base64'))
  const count = typeof input['num_outputs'] === 'number' ? input['num_outputs'] : 1
  return Array.from({ length: count }, (_, k) => {
    const data = new Uint8Array(width * height * 3).fill(60 + 40 * k)
    data[0] = 0
    const bytes = encode({ width, height, data, channels: 3, depth: 8 })
    return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  })
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as unknown)
}
