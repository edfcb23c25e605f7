import { AppError, type ErrorCode } from '../core/errors'
import type { Backend, BackendCapabilities, LostCreate } from '../core/prediction/backend'
import type { Prediction, PredictionInput, PredictionStatus } from '../core/prediction/prediction'

export function fakePrediction(
  id: string,
  status: PredictionStatus,
  change: Partial<Prediction> = {},
): Prediction {
  return {
    id,
    status,
    outputs: [],
    error: null,
    logs: '',
    progress: null,
    seeds: [],
    rawStatus: null,
    predictSeconds: null,
    ...change,
  }
}

/** As many answers of a prediction that goes on. */
export function processing(count: number): Prediction[] {
  return Array.from({ length: count }, () => fakePrediction('p1', 'processing'))
}

type Answer = Prediction | AppError | 'silence'

/** A backend whose answers a test sets ahead; what it is not told it answers by finishing after two polls. */
export class FakeBackend implements Backend {
  readonly id = 'replicate'
  readonly capabilities: BackendCapabilities = {
    resume: true,
    offline: false,
    fixedSize: true,
    samplingArea: false,
    guideLines: false,
    pollMs: [500, 5000],
  }
  /** The next answers, in order. */
  readonly creates: Answer[] = []
  readonly gets: Answer[] = []
  readonly cancels: Answer[] = []
  readonly finds: (Prediction | AppError | null)[] = []
  readonly inputs: PredictionInput[] = []
  readonly calls = { create: 0, get: 0, cancel: 0, find: 0, forget: 0 }
  /** Polls that are out at once, and the most there ever were. */
  polling = { now: 0, max: 0 }
  answerMs = 10
  private readonly page: { readonly closed: boolean }

  constructor(page: { readonly closed: boolean } = { closed: false }) {
    this.page = page
  }

  output = { width: 64, height: 64 }

  async create(input: PredictionInput, signal: AbortSignal, onSend?: () => void): Promise<Prediction> {
    onSend?.()
    this.calls.create++
    this.inputs.push(input)
    return this.answer(this.creates.shift() ?? fakePrediction('p1', 'starting'), signal)
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    this.calls.get++
    this.polling.now++
    this.polling.max = Math.max(this.polling.max, this.polling.now)
    try {
      return await this.answer(this.gets.shift() ?? this.finished(id), signal)
    } finally {
      this.polling.now--
    }
  }

  async cancel(id: string): Promise<Prediction> {
    this.calls.cancel++
    return this.answer(this.cancels.shift() ?? fakePrediction(id, 'canceled'))
  }

  async find(_lost: LostCreate, signal: AbortSignal): Promise<Prediction | null> {
    this.calls.find++
    const found = this.finds.shift() ?? null
    return found === null ? null : this.answer(found, signal)
  }

  forget(): void {
    this.calls.forget++
  }

  finished(id: string): Prediction {
    const { width, height } = this.output
    const data = new Uint8ClampedArray(width * height * 4).fill(200)
    return fakePrediction(id, 'succeeded', { outputs: [{ kind: 'pixels', image: { width, height, data } }] })
  }

  private async answer(answer: Answer, signal?: AbortSignal): Promise<Prediction> {
    await new Promise<void>((resolve, reject) => {
      if (answer !== 'silence') setTimeout(resolve, this.answerMs)
      signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    })
    if (this.page.closed) await new Promise(() => {})
    if (answer instanceof AppError) throw answer
    return answer as Prediction
  }
}

export const fails = (code: ErrorCode, params: Record<string, number> = {}) => new AppError(code, { params })
/** The answer to a create is lost: it may have started. */
export const lost = () => new AppError('backend/unreachable', { params: { unclear: 1 } })
