import { AppError } from '../../core/errors'
import type { JsonValue } from '../../core/json'
import { progressOfLogs } from '../../core/prediction/logs'
import type { Prediction, WaitsFor } from '../../core/prediction/prediction'
import { type HttpAnswer, textOf } from '../../platform/http'
import { readHttpError } from '../wire/httpErrorWire'
import { parseJson, readPrediction } from '../wire/predictionWire'
import { type Remote, sendTo } from '../wire/remote'
import { tooLarge } from '../wire/wireInput'
import { readHealth } from './cogWire'
import { EventStream } from './eventStream'

const SHORT_MS = 15_000
/** The server has no list, so the request is held as long as the run lasts. */
const HOLD_MS = 30 * 60_000

/** Largest stream: each output is in it twice, as it is made and at the end. */
const MAX_STREAM_BYTES = 192 * 2 ** 20

/** What changes in a prediction while it runs. */
export type CogNews = Partial<Pick<Prediction, 'logs' | 'progress' | 'outputs' | 'status' | 'waitsFor'>>

export interface CogInput {
  readonly input: Readonly<Record<string, JsonValue>>
  /** Bytes of the pictures in `input`. */
  readonly inlineBytes: number
  /** Asks for server-sent events: the model offers them. */
  readonly streams: boolean
}

/**
 * Sends a run and waits for its end.
 * @param report called with what changes meanwhile, where the model streams
 * @returns null where the server refused it because it is busy or still loads
 * @throws AppError `backend/...`
 */
export async function putRun(
  remote: Remote,
  id: string,
  { input, inlineBytes, streams }: CogInput,
  signal: AbortSignal,
  report: (news: CogNews) => void,
): Promise<Prediction | null> {
  const reader = new StreamReader(id, report)
  const answer = await sendTo(remote, `/predictions/${id}`, {
    method: 'PUT',
    json: { input },
    signal,
    timeoutMs: HOLD_MS,
    ...(streams
      ? {
          accept: 'text/event-stream',
          onText: (text: string) => reader.push(text),
          limitBytes: MAX_STREAM_BYTES,
        }
      : {}),
  })
  const { status } = answer
  if (status === 409 || status === 503) return null
  const text = textOf(answer)
  if (status >= 300) {
    const error = readHttpError(status, answer.headers, text)
    throw status === 413 ? tooLarge(inlineBytes, error) : error
  }
  return isStream(answer) ? reader.end() : readPrediction(parseJson(text, status), id)
}

function isStream({ headers }: HttpAnswer): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

const MAX_LOG_CHARS = 64 * 1024

/** Follows the events of one run; its last one is the finished prediction. */
class StreamReader {
  private readonly events = new EventStream()
  private readonly id: string
  private readonly report: (news: CogNews) => void
  private logs = ''
  private readonly chunks: unknown[] = []
  private last: Prediction | null = null

  constructor(id: string, report: (news: CogNews) => void) {
    this.id = id
    this.report = report
  }

  push(text: string): void {
    for (const { name, data } of this.events.push(text)) {
      const part = (key: string): unknown =>
        typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[key] : undefined
      const line = part('data')
      if (name === 'completed') this.last = readPrediction(data, this.id)
      else if (name === 'log' && typeof line === 'string') {
        this.logs = (this.logs + line).slice(-MAX_LOG_CHARS)
        this.report({ logs: this.logs, progress: progressOfLogs(this.logs), status: 'processing' })
      } else if (name === 'output') {
        this.chunks.push(part('chunk'))
        const { outputs } = readPrediction({ output: this.chunks, status: 'processing' }, this.id)
        this.report({ outputs, status: 'processing' })
      }
    }
  }

  /** @throws AppError `backend/no-id` where the stream ended before the run */
  end(): Prediction {
    if (!this.last) throw new AppError('backend/no-id')
    return { ...this.last, logs: this.last.logs || this.logs }
  }
}

/**
 * Polls until the slot is free.
 * @param report called at each poll with what the server is busy with
 * @throws AppError where the model cannot be loaded or the server is gone
 */
export async function untilReady(
  remote: Remote,
  signal: AbortSignal,
  waitMs: number,
  report: (waitsFor: WaitsFor) => void,
): Promise<void> {
  for (;;) {
    const answer = await sendTo(remote, '/health-check', { method: 'GET', signal, timeoutMs: SHORT_MS })
    const health = readHealth(parseJson(textOf(answer), answer.status))
    if (health.status === 'READY') return
    if (health.status !== 'BUSY' && health.status !== 'STARTING') {
      throw new AppError('backend/server-error', { params: { status: health.status }, detail: health.logs })
    }
    report(health.status === 'BUSY' ? 'turn' : 'model')
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    signal.throwIfAborted()
  }
}

/**
 * Polls a run by a second PUT of its id, which the server answers while it runs. Its progress is in the logs.
 * @returns null where it does not run now
 */
export async function pollRun(remote: Remote, id: string, signal: AbortSignal): Promise<CogNews | null> {
  const answer = await sendTo(remote, `/predictions/${id}`, {
    method: 'PUT',
    json: {},
    prefer: 'respond-async',
    signal,
    timeoutMs: SHORT_MS,
  })
  if (answer.status !== 202) return null
  const { logs, progress } = readPrediction(parseJson(textOf(answer), answer.status), id)
  return { logs, ...(progress === null ? {} : { progress }) }
}

/**
 * Cancels a run.
 * @param keepalive sends it even if the page is being closed
 * @returns false where the server does not know the run
 */
export async function cancelAt(remote: Remote, id: string, keepalive: boolean): Promise<boolean> {
  const { signal } = new AbortController()
  const answer = await sendTo(remote, `/predictions/${id}/cancel`, {
    method: 'POST',
    keepalive,
    signal,
    timeoutMs: SHORT_MS,
  })
  if (answer.status === 404) return false
  if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
  return true
}
