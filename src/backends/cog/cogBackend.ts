import { AppError, type AppErrorData, errorData, UNCLEAR } from '../../core/errors'
import type {
  Backend,
  BackendCapabilities,
  BackendDescriptor,
  BackendRef,
  ModelFields,
} from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import { isTerminal, type Prediction, type PredictionInput } from '../../core/prediction/prediction'
import { request, textOf } from '../../platform/http'
import { encodePng, toDataUri } from '../../platform/imageEncode'
import { onPageEnd } from '../../platform/pageEnd'
import { tokenFor } from '../../platform/tokenVault'
import { normalizeBaseUrl, originOf } from '../replicate/baseUrl'
import { parseJson, readHttpError, readPrediction } from '../replicate/replicateWire'
import { type Encode, wireInput } from '../replicate/wireInput'
import { readHealth } from './cogWire'

const CAPABILITIES: BackendCapabilities = {
  resume: false,
  offline: false,
  fixedSize: true,
  pollMs: [500, 2000],
}

const LIMIT_BYTES = 64 * 2 ** 20
const SHORT_MS = 15_000
/** One slot and no list: a request is held as long as the run lasts. */
const HOLD_MS = 30 * 60_000

export interface CogOptions {
  /** Absolute, without a trailing slash. */
  readonly base: string
  readonly fields: ModelFields
  readonly encode: Encode
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Asked at each request, so that a token is never held here. */
  readonly token: () => string | null
  /** Calls back when the page is closed; returns what takes that back. */
  readonly onPageEnd: (callback: () => void) => () => void
  /** The gap between two looks at a busy server, ms. */
  readonly waitMs?: number
  /** The gap between two looks at the logs, ms: each answer carries the pictures back. */
  readonly logsMs?: number
}

interface Run {
  prediction: Prediction
  /** Ends the held request. */
  readonly abort: AbortController
  /** Fulfilled when nothing changes any more. */
  over: Promise<void>
  nextLogsAt: number
  leavePage: () => void
}

/**
 * A bare Cog server: no list, no look at a finished run. The run's id is made here and its request is held until the
 * answer; the page keeps the queue, as the server has one slot.
 */
export class CogBackend implements Backend {
  readonly id = 'cog'
  readonly capabilities = CAPABILITIES
  private readonly runs = new Map<string, Run>()
  private readonly options: CogOptions

  constructor(options: CogOptions) {
    this.options = options
  }

  async create(input: PredictionInput, signal: AbortSignal): Promise<Prediction> {
    const { fields, encode, onPageEnd: onEnd } = this.options
    signal.throwIfAborted()
    // A seed is always sent: with it a run that is lost with its page can be made again.
    const seed = fields.seed && !(fields.seed in input.params) ? { [fields.seed]: randomSeed() } : {}
    const params = { ...input.params, ...seed }
    const body = { input: await wireInput({ ...input, params }, fields, encode) }
    signal.throwIfAborted()
    const id = crypto.randomUUID()
    const abort = new AbortController()
    const asked = fields.seed ? params[fields.seed] : undefined
    const run: Run = {
      prediction: { ...started(id), seeds: typeof asked === 'number' ? [asked] : [] },
      abort,
      over: Promise.resolve(),
      nextLogsAt: performance.now() + this.logsMs,
      leavePage: onEnd(() => void this.sendCancel(id, true).catch(() => {})),
    }
    this.runs.set(id, run)
    run.over = this.hold(id, run, body)
    return run.prediction
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    const run = this.known(id)
    if (isTerminal(run.prediction.status)) return run.prediction
    // Where an input of nothing would run, asking could start something.
    if (this.options.fields.hasRequired && run.prediction.status === 'processing')
      await this.readLogs(id, run, signal)
    return run.prediction
  }

  async cancel(id: string): Promise<Prediction> {
    const run = this.known(id)
    if (isTerminal(run.prediction.status)) return run.prediction
    if (run.prediction.status === 'starting') {
      // Not taken by the server yet, or only just: nothing waits for an answer.
      run.prediction = { ...run.prediction, status: 'canceled' }
    }
    const known = await this.sendCancel(id, false)
    if (!known) run.abort.abort()
    await Promise.race([run.over, pause(SHORT_MS)])
    if (!isTerminal(run.prediction.status)) throw new AppError('backend/not-found')
    run.abort.abort()
    return run.prediction
  }

  forget(id: string): void {
    const run = this.runs.get(id)
    if (!run) return
    run.abort.abort()
    run.leavePage()
    this.runs.delete(id)
  }

  private get logsMs(): number {
    return this.options.logsMs ?? 2000
  }

  private known(id: string): Run {
    const run = this.runs.get(id)
    if (!run) throw new AppError('run/interrupted')
    return run
  }

  /** Sends the run and waits for its end; while the slot is taken, or the model loads, it waits and sends it again. */
  private async hold(id: string, run: Run, body: unknown): Promise<void> {
    const { signal } = run.abort
    try {
      for (;;) {
        const sent = this.send('PUT', `/predictions/${id}`, { json: body, signal, timeoutMs: HOLD_MS })
        const running = setTimeout(() => {
          if (run.prediction.status === 'starting')
            run.prediction = { ...run.prediction, status: 'processing' }
        }, this.options.waitMs ?? 1000)
        const answer = await sent.finally(() => clearTimeout(running))
        if (run.prediction.status === 'canceled') return
        // Refused, so nothing was made.
        if (answer.status === 409 || answer.status === 503) {
          run.prediction = { ...run.prediction, status: 'starting' }
          await this.untilReady(signal)
          continue
        }
        const text = textOf(answer)
        if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, text)
        const last = readPrediction(parseJson(text, answer.status), id)
        run.prediction = { ...last, id, seeds: last.seeds.length > 0 ? last.seeds : run.prediction.seeds }
        return
      }
    } catch (error) {
      if (isTerminal(run.prediction.status)) return
      run.prediction = signal.aborted
        ? { ...run.prediction, status: 'canceled' }
        : { ...run.prediction, status: 'failed', error: withDoubt(errorData(error)) }
    }
  }

  /** @throws AppError where the model cannot be loaded, or the server is gone */
  private async untilReady(signal: AbortSignal): Promise<void> {
    for (;;) {
      const answer = await this.send('GET', '/health-check', { signal, timeoutMs: SHORT_MS })
      const health = readHealth(parseJson(textOf(answer), answer.status))
      if (health.status === 'READY') return
      if (health.status !== 'BUSY' && health.status !== 'STARTING') {
        throw new AppError('backend/server-error', { params: { status: health.status }, detail: health.logs })
      }
      await pause(this.options.waitMs ?? 1000)
      signal.throwIfAborted()
    }
  }

  /** A second PUT of the same id tells how the run stands, while it goes on; its progress is in the logs. */
  private async readLogs(id: string, run: Run, signal: AbortSignal): Promise<void> {
    if (performance.now() < run.nextLogsAt) return
    run.nextLogsAt = performance.now() + this.logsMs
    try {
      const answer = await this.send('PUT', `/predictions/${id}`, {
        json: {},
        prefer: 'respond-async',
        signal,
        timeoutMs: SHORT_MS,
      })
      if (answer.status !== 202 || isTerminal(run.prediction.status)) return
      const { logs, progress } = readPrediction(parseJson(textOf(answer), answer.status), id)
      run.prediction = { ...run.prediction, logs, progress: progress ?? run.prediction.progress }
    } catch {
      // The held request tells what matters.
    }
  }

  /** @returns false where the server knows no such run now */
  private async sendCancel(id: string, keepalive: boolean): Promise<boolean> {
    const { signal } = new AbortController()
    const answer = await this.send('POST', `/predictions/${id}/cancel`, {
      keepalive,
      signal,
      timeoutMs: SHORT_MS,
    })
    if (answer.status === 404) return false
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
    return true
  }

  private send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    options: Omit<Parameters<typeof request>[0], 'method' | 'url' | 'token' | 'limitBytes'>,
  ) {
    const { base, token, onExchange } = this.options
    return request({
      onExchange,
      method,
      url: base + path,
      token: token(),
      limitBytes: LIMIT_BYTES,
      ...options,
    })
  }
}

function started(id: string): Prediction {
  return {
    id,
    status: 'starting',
    rawStatus: null,
    outputs: [],
    error: null,
    logs: '',
    progress: null,
    seeds: [],
    predictSeconds: null,
  }
}

/** A connection that breaks while the run is held may have left it running. */
function withDoubt(error: AppErrorData): AppErrorData {
  const lost = error.code === 'backend/unreachable' || error.code === 'backend/timeout'
  return lost ? { ...error, params: { ...error.params, [UNCLEAR]: 1 } } : error
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] >>> 1
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export const cogDescriptor: BackendDescriptor = {
  capabilities: CAPABILITIES,
  id: 'cog',
  name: { en: 'Cog server', zh: 'Cog 服务器' },
  description: {
    en: 'A model on a machine of your own, as Cog serves it: one run at a time',
    zh: '自己机器上由 Cog 提供的模型：一次一个运行',
  },
  needsUrl: true,
  usesRoles: null,
  create(ref: BackendRef, fields: ModelFields, onExchange?: (exchange: Exchange) => void): Backend {
    const base = normalizeBaseUrl(ref.url ?? '', location.href)
    const origin = originOf(base, location.href)
    return new CogBackend({
      base: new URL(base, location.href).href.replace(/\/$/, ''),
      fields,
      onExchange,
      encode: async (image) => toDataUri(await encodePng(image)),
      token: () => tokenFor(origin),
      onPageEnd,
    })
  },
}
