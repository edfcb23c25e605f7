import { type Remote, wrap } from 'comlink'
import { AppError, type ErrorCode } from '../core/errors'
import { shareErrors } from './workerErrors'

shareErrors()

interface Session<Api> {
  readonly worker: Worker
  readonly api: Remote<Api>
  /** True once it has sent a message: its script has come. */
  isHeard: boolean
  /** Rejects the calls that are not answered yet. */
  readonly pending: Set<(error: AppError) => void>
}

export interface WorkerOptions {
  readonly start: () => Worker
  /** The code of the calls that reject when a worker fails. */
  readonly failure?: ErrorCode
  /** Called when a worker has failed or was ended. */
  readonly onEnd?: () => void
}

/**
 * A worker that is started at its first call and called through comlink. A worker that fails (its script cannot be
 * loaded, which is `page/part-missing`; it throws outside a call; a message cannot be read) is terminated, its pending
 * calls reject, and the next call starts another.
 */
export class WorkerClient<Api extends object> {
  private session: Session<Api> | null = null
  private readonly options: WorkerOptions

  constructor(options: WorkerOptions) {
    this.options = options
  }

  /** Starts the worker before it is needed, so that its script needs no network then. */
  warm(): void {
    this.session ??= this.start()
  }

  /**
   * @param work calls the worker's API, once
   * @returns what the worker answers
   * @throws AppError what the worker threw; or why it was ended
   */
  async call<Answer>(work: (api: Remote<Api>) => Promise<Answer>): Promise<Answer> {
    this.session ??= this.start()
    const { api, pending } = this.session
    let refuse: ((error: AppError) => void) | undefined
    try {
      return await new Promise<Answer>((resolve, reject) => {
        refuse = reject
        pending.add(reject)
        work(api).then(resolve, reject)
      })
    } finally {
      if (refuse) pending.delete(refuse)
    }
  }

  /**
   * `call` with a time limit. The limit ends the worker and with it every pending call: code that runs for ever cannot
   * be stopped otherwise.
   */
  async callWithin<Answer>(
    limit: { readonly ms: number; readonly code: ErrorCode },
    work: (api: Remote<Api>) => Promise<Answer>,
  ): Promise<Answer> {
    this.session ??= this.start()
    const { session } = this
    const timer = setTimeout(() => this.end(session, new AppError(limit.code)), limit.ms)
    try {
      return await this.call(work)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the worker at once, whatever it is doing. */
  terminate(): void {
    if (this.session) this.end(this.session, this.failed('terminated'))
  }

  private start(): Session<Api> {
    const worker = this.options.start()
    const pending = new Set<(error: AppError) => void>()
    const session: Session<Api> = { worker, api: wrap<Api>(worker), isHeard: false, pending }
    worker.addEventListener('message', () => (session.isHeard = true), { once: true })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      // A script that cannot be loaded has no words for it; one that throws has.
      const isMissing = !event.message && !session.isHeard
      this.end(session, isMissing ? new AppError('page/part-missing') : this.failed(event.message))
    })
    worker.addEventListener('messageerror', () => this.end(session, this.failed('message could not be read')))
    return session
  }

  private failed(detail: string): AppError {
    return new AppError(this.options.failure ?? 'unexpected', { detail })
  }

  private end(session: Session<Api>, error: AppError): void {
    session.worker.terminate()
    if (this.session !== session) return
    this.session = null
    this.options.onEnd?.()
    for (const reject of session.pending) reject(error)
    session.pending.clear()
  }
}
