import { AppError, type AppErrorData, type ErrorCode, errorData, NOT_SENT, UNCLEAR } from '../../core/errors'
import type { Backend, BackendRef, ModelFields } from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import { isTerminal, type Prediction, type PredictionInput } from '../../core/prediction/prediction'
import { onPageHide } from '../../platform/pageHide'
import { type Remote, remoteAt } from '../wire/remote'
import { wireInput } from '../wire/wireInput'
import { COG_CAPABILITIES } from './cogCapabilities'
import { cancelAt, type CogInput, type CogNews, pollRun, putRun, untilReady } from './cogServer'

const SHORT_MS = 15_000

export interface CogOptions extends Remote {
  readonly fields: ModelFields
  /** Calls back when the page is closed; returns a function that stops it. */
  readonly onPageHide: (callback: () => void) => () => void
  /** Between two polls of a busy server, ms. */
  readonly waitMs?: number
  /** Between two polls of the logs, ms: each answer sends the pictures back. */
  readonly logsMs?: number
}

interface Run {
  prediction: Prediction
  /** Aborts the held request. */
  readonly abort: AbortController
  /** Resolves when the prediction no longer changes. */
  over: Promise<void>
  nextLogsAt: number
  leavePage: () => void
}

/**
 * A bare Cog server lists no runs and forgets finished ones. So the page makes the run's id, holds its request until the
 * answer, and keeps the queue, as the server has one slot.
 */
export class CogBackend implements Backend {
  readonly id = 'cog'
  readonly capabilities = COG_CAPABILITIES
  private readonly runs = new Map<string, Run>()
  private readonly options: CogOptions

  constructor(options: CogOptions) {
    this.options = options
  }

  async create(input: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    const { fields, onPageHide: onEnd } = this.options
    signal.throwIfAborted()
    // A seed is always sent, so that a run that is lost with its page can be repeated.
    const seed = fields.seed && !(fields.seed in input.params) ? { [fields.seed]: randomSeed() } : {}
    const params = { ...input.params, ...seed }
    const wire = await wireInput({ ...input, imageUrl: null, maskUrl: null, params }, fields, {
      ...this.options,
      maxBytes: null,
    })
    onSend()
    const id = crypto.randomUUID()
    const abort = new AbortController()
    const asked = fields.seed ? params[fields.seed] : undefined
    const run: Run = {
      prediction: { ...started(id), seeds: typeof asked === 'number' ? [asked] : [] },
      abort,
      over: Promise.resolve(),
      nextLogsAt: performance.now() + this.logsMs,
      // Nobody is left to hear of a failure.
      leavePage: onEnd(() => void cancelAt(this.options, id, true).catch(() => {})),
    }
    this.runs.set(id, run)
    run.over = this.hold(id, run, { ...wire, streams: fields.streams })
    return run.prediction
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    const run = this.known(id)
    if (isTerminal(run.prediction.status)) return run.prediction
    // The poll is a PUT without input: where no input is required, it could start a run.
    if (
      this.options.fields.hasRequired &&
      !this.options.fields.streams &&
      run.prediction.status === 'processing'
    )
      await this.readLogs(id, run, signal)
    return run.prediction
  }

  async cancel(id: string): Promise<Prediction> {
    const run = this.known(id)
    if (isTerminal(run.prediction.status)) return run.prediction
    if (run.prediction.status === 'starting') {
      // The server may not have it yet; its answer, if any, is ignored.
      run.prediction = { ...run.prediction, status: 'canceled' }
    }
    const known = await cancelAt(this.options, id, false)
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

  /** Sends the run and waits for its end. While the slot is taken or the model loads, it waits and sends again. */
  private async hold(id: string, run: Run, input: CogInput): Promise<void> {
    const { signal } = run.abort
    const waitMs = this.options.waitMs ?? 1000
    const update = (news: CogNews) => {
      if (!isTerminal(run.prediction.status)) run.prediction = { ...run.prediction, ...news }
    }
    let sent = true
    try {
      for (;;) {
        const running = setTimeout(() => {
          if (run.prediction.status === 'starting') update({ status: 'processing' })
        }, waitMs)
        const last = await putRun(this.options, id, input, signal, update).finally(() =>
          clearTimeout(running),
        )
        if (run.prediction.status === 'canceled') return
        if (last) {
          run.prediction = { ...last, id, seeds: last.seeds.length > 0 ? last.seeds : run.prediction.seeds }
          return
        }
        // Refused, so no run was made.
        sent = false
        update({ status: 'starting' })
        await untilReady(this.options, signal, waitMs, (waitsFor) => update({ waitsFor }))
        update({ waitsFor: undefined })
        sent = true
      }
    } catch (error) {
      if (isTerminal(run.prediction.status)) return
      const data = sent ? markUnclear(errorData(error)) : errorData(error)
      run.prediction = signal.aborted
        ? { ...run.prediction, status: 'canceled' }
        : { ...run.prediction, status: 'failed', error: data }
    }
  }

  private async readLogs(id: string, run: Run, signal: AbortSignal): Promise<void> {
    if (performance.now() < run.nextLogsAt) return
    run.nextLogsAt = performance.now() + this.logsMs
    // A failed poll is ignored: the held request reports the end.
    const news = await pollRun(this.options, id, signal).catch(() => null)
    if (news && !isTerminal(run.prediction.status)) run.prediction = { ...run.prediction, ...news }
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

const LOST: ReadonlySet<ErrorCode> = new Set([
  'backend/offline',
  'backend/unreachable',
  'backend/timeout',
  'backend/no-id',
  'backend/not-json',
])

/** A gateway in front answers with these in the server's place, which may go on: bad gateway, timeout, Cloudflare's. */
const GATEWAY_STATUSES: ReadonlySet<unknown> = new Set([502, 504, 520, 521, 522, 523, 524])

/** Marks an error that may have left the run running: the connection broke while the request was held. */
function markUnclear(error: AppErrorData): AppErrorData {
  const isGateway = error.code === 'backend/server-error' && GATEWAY_STATUSES.has(error.params['status'])
  const isLost = !error.params[NOT_SENT] && (isGateway || LOST.has(error.code))
  return isLost ? { ...error, params: { ...error.params, [UNCLEAR]: 1 } } : error
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] >>> 1
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** A Cog server at the address of `ref`. @throws AppError `backend/no-url`, `backend/url-invalid` */
export function createCog(
  ref: BackendRef,
  fields: ModelFields,
  onExchange?: (exchange: Exchange) => void,
): CogBackend {
  return new CogBackend({ ...remoteAt(ref, onExchange), fields, onPageHide })
}
