import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Random } from '../../src/engine/random'

/** Answers in a row to one kind of request that are spoilt at most. */
const MAX_IN_A_ROW = 4
const RETRY_AFTER_S = 1
const HTML = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>'
/** Clocks of two processes and timers of a busy machine, ms. */
const TOLERANCE_MS = 30

type Fault = '500' | '502' | 'drop' | 'truncated' | 'cut' | 'html' | 'wrong types' | 'slow' | '429'
const FAULTS: readonly Fault[] = [
  '500',
  '502',
  'drop',
  'truncated',
  'cut',
  'html',
  'wrong types',
  'slow',
  '429',
]

export interface Counts {
  requests: number
  spoilt: number
  /** Creates that were answered by 429: each allows one more. */
  refused: number
  /** Polls before the end of a Retry-After. */
  earlyPolls: number
  /** Polls of a prediction whose end was told. */
  latePolls: number
}

/** Stands before a predictions server and spoils half of its answers, as a seed says: before or after they act. */
export class FaultServer {
  readonly counts: Counts = { requests: 0, spoilt: 0, refused: 0, earlyPolls: 0, latePolls: 0 }
  /** Answers for an output that came whole and were no picture, by its path. */
  readonly noPictures = new Map<string, number>()
  private readonly upstream: string
  private readonly draws: Random
  private readonly server: Server
  /** By kind of request and prediction. */
  private readonly inARow = new Map<string, number>()
  private readonly notBefore = new Map<string, number>()
  private readonly ended = new Set<string>()

  /** @param upstream origin of the server behind */
  constructor(upstream: string, seed: number) {
    this.upstream = upstream
    this.draws = new Random(seed)
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy())
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve)
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

  /** The user asks for a prediction again whose end was told. */
  reopen(id: string): void {
    for (const url of this.ended) if (url.includes(id)) this.ended.delete(url)
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { method = 'GET', url = '/' } = request
    const key = `${method} ${url}`
    const isPoll = method === 'GET' && /\/predictions\/[^/]+$/.test(url)
    this.counts.requests++
    if (isPoll) this.watch(url)
    const fault = this.draw(key)
    const actsFirst = this.random() < 0.5
    if (fault === '429') {
      if (method === 'POST') this.counts.refused++
      this.notBefore.set(url, performance.now() + RETRY_AFTER_S * 1000)
      this.send(response, 429, 'application/json', '{"detail":"slow down"}', {
        'retry-after': String(RETRY_AFTER_S),
      })
      return
    }
    const arrives = fault === null || fault === 'slow'
    const acts = arrives || fault === 'truncated' || fault === 'cut' || actsFirst
    const answer = acts ? await this.ask(method, url, Buffer.concat(parts)) : null
    if (
      fault === null &&
      answer &&
      isPoll &&
      /"status":"(succeeded|failed|canceled)"/.test(String(answer.bytes))
    ) {
      this.ended.add(url)
    }
    const isWhole = fault === 'html' || fault === 'wrong types' || fault === 'truncated'
    if (isWhole && url.endsWith('.png')) this.noPictures.set(url, (this.noPictures.get(url) ?? 0) + 1)
    this.spoil(response, fault, answer)
  }

  /** Polls that come too early, or after the end. */
  private watch(url: string): void {
    if (performance.now() < (this.notBefore.get(url) ?? 0) - TOLERANCE_MS) this.counts.earlyPolls++
    this.notBefore.delete(url)
    if (this.ended.has(url)) this.counts.latePolls++
  }

  /** 0..1 */
  private random(): number {
    return this.draws.below(10_000) / 10_000
  }

  private draw(key: string): Fault | null {
    const row = this.inARow.get(key) ?? 0
    const isSpoilt = row < MAX_IN_A_ROW && this.random() < 0.5
    this.inARow.set(key, isSpoilt ? row + 1 : 0)
    if (!isSpoilt) return null
    this.counts.spoilt++
    return FAULTS[Math.floor(this.random() * FAULTS.length)] ?? null
  }

  private async ask(
    method: string,
    url: string,
    body: Buffer,
  ): Promise<{ type: string; bytes: Buffer; status: number }> {
    const headers = { 'content-type': 'application/json' }
    const sent = method === 'POST' ? { method, headers, body: new Uint8Array(body) } : { method }
    const answer = await fetch(this.upstream + url, sent)
    const type = answer.headers.get('content-type') ?? ''
    const bytes = Buffer.from(await answer.arrayBuffer())
    // Outputs come through here as well.
    const isText = type.includes('json')
    return {
      type,
      status: answer.status,
      bytes: isText ? Buffer.from(bytes.toString('utf8').replaceAll(this.upstream, this.origin)) : bytes,
    }
  }

  private spoil(
    response: ServerResponse,
    fault: Fault | null,
    answer: { type: string; bytes: Buffer; status: number } | null,
  ): void {
    const { type = 'application/json', bytes = Buffer.from('{}'), status = 200 } = answer ?? {}
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2))
    switch (fault) {
      case null:
        return this.send(response, status, type, bytes)
      case 'slow':
        setTimeout(() => this.send(response, status, type, bytes), 400 + 800 * this.random())
        return
      case '500':
        return this.send(response, 500, 'application/json', '{"detail":"Internal server error"}')
      case '502':
        return this.send(response, 502, 'text/html', HTML)
      case 'html':
        return this.send(response, 200, 'text/html', HTML)
      case 'wrong types':
        return this.send(
          response,
          200,
          'application/json',
          '{"id":{},"status":[],"output":7,"logs":{},"error":3,"urls":null}',
        )
      case 'truncated':
        // Half of it, said to be all.
        return this.send(response, status, type, half)
      case 'cut':
        response.writeHead(status, {
          'content-type': type,
          'content-length': bytes.length,
          connection: 'close',
        })
        response.write(half)
        setTimeout(() => response.destroy(), 20)
        return
      default:
        response.destroy()
    }
  }

  private send(
    response: ServerResponse,
    status: number,
    type: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): void {
    response.writeHead(status, { 'content-type': type, connection: 'close', ...headers }).end(body)
  }
}
