import { AppError, type AppErrorData, errorData, UNCLEAR } from '../../core/errors'
import type { Backend, BackendRef, ModelFields } from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import { isTerminal, type Prediction, type PredictionInput } from '../../core/prediction/prediction'
import { onPageHide } from '../../platform/pageHide'
import { type Remote, remoteAt } from '../wire/remote'
import { wireInput } from '../wire/wireInput'
import { cogDescriptor } from './cogDescriptor'
import { cancelAt, type CogInput, type CogNews, lookAt, putRun, untilReady } from './cogServer'

const SHORT_MS = 15_000

export interface CogOptions extends Remote {
  readonly fields: ModelFields
  /** Calls back when the page is closed; returns what takes that back. */
  readonly onPageHide: (callback: () => void) => () => void
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
  readonly id = cogDescriptor.id
  readonly capabilities = cogDescriptor.capabilities
  private readonly runs = new Map<string, Run>()
  private readonly options: CogOptions

  constructor(options: CogOptions) {
    this.options = options
  }

  async create(input: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    const { fields, onPageHide: onEnd } = this.options
    signal.throwIfAborted()
    // A seed is always sent: with it a run that is lost with its page can be made again.
    const seed = fields.seed && !(fields.seed in input.params) ? { [fields.seed]: randomSeed() } : {}
    const params = { ...input.params, ...seed }
    const wire = await wireInput({ ...input, imageUrl: null, params }, fields, {
      ...this.options,
      mostBytes: null,
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
      leavePage: onEnd(() => void cancelAt(this.options, id, true).catch(() => {})),
    }
    this.runs.set(id, run)
    run.over = this.hold(id, run, { ...wire, streams: fields.streams })
    return run.prediction
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    const run = this.known(id)
    if (isTerminal(run.prediction.status)) return run.prediction
    // Where an input of nothing would run, asking could start something.
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
      // Not taken by the server yet, or only just: nothing waits for an answer.
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

  /** Sends the run and waits for its end; while the slot is taken, or the model loads, it waits and sends it again. */
  private async hold(id: string, run: Run, input: CogInput): Promise<void> {
    const { signal } = run.abort
    const waitMs = this.options.waitMs ?? 1000
    const tell = (news: CogNews) => {
      if (!isTerminal(run.prediction.status)) run.prediction = { ...run.prediction, ...news }
    }
    let sent = true
    try {
      for (;;) {
        const running = setTimeout(() => {
          if (run.prediction.status === 'starting') tell({ status: 'processing' })
        }, waitMs)
        const last = await putRun(this.options, id, input, signal, tell).finally(() => clearTimeout(running))
        if (run.prediction.status === 'canceled') return
        if (last) {
          run.prediction = { ...last, id, seeds: last.seeds.length > 0 ? last.seeds : run.prediction.seeds }
          return
        }
        // Refused, so nothing was made.
        sent = false
        tell({ status: 'starting' })
        await untilReady(this.options, signal, waitMs)
        sent = true
      }
    } catch (error) {
      if (isTerminal(run.prediction.status)) return
      const data = sent ? withDoubt(errorData(error)) : errorData(error)
      run.prediction = signal.aborted
        ? { ...run.prediction, status: 'canceled' }
        : { ...run.prediction, status: 'failed', error: data }
    }
  }

  private async readLogs(id: string, run: Run, signal: AbortSignal): Promise<void> {
    if (performance.now() < run.nextLogsAt) return
    run.nextLogsAt = performance.now() + this.logsMs
    // The held request tells what matters.
    const news = await lookAt(this.options, id, signal).catch(() => null)
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

/** A connection that breaks while the run is held may have left it running. */
function withDoubt(error: AppErrorData): AppErrorData {
  const lost = ['backend/unreachable', 'backend/timeout', 'backend/no-id', 'backend/not-json'].includes(
    error.code,
  )
  return lost ? { ...error, params: { ...error.params, [UNCLEAR]: 1 } } : error
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
