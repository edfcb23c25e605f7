import { AppError, errorData, isAbort, UNCLEAR } from '../../core/errors'
import { ownProperty } from '../../core/json'
import type { Backend, BackendRef, LostCreate, ModelFields } from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import type { Prediction, PredictionInput } from '../../core/prediction/prediction'
import { type HttpAnswer, textOf } from '../../platform/http'
import { readHttpError } from '../wire/httpErrorWire'
import { parseJson, readPrediction } from '../wire/predictionWire'
import { type Remote, remoteAt, type RemoteRequest, sendTo } from '../wire/remote'
import { tooLarge, wireInput } from '../wire/wireInput'
import { type CreateAttempt, createAttempts, createRoutes, type CreateRoutes } from './createRoute'
import { REPLICATE_CAPABILITIES } from './replicateCapabilities'
import { findLost } from './replicateList'

const CREATE_TIMEOUT_MS = 120_000
const GET_TIMEOUT_MS = 15_000
/** The hosted API's own client sends no more inside a request. */
const MAX_INLINE_BYTES = 10_000_000

/** Statuses of a path, or a method there, that a server does not have. */
const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405, 501])

/** Base addresses that take no files: they are not asked again. */
const withoutFiles = new Set<string>()

export interface ReplicateOptions extends Remote {
  readonly version: string
  readonly fields: ModelFields
  /** How long the server may hold create for a quick run, s; null where asking for it would need a preflight. */
  readonly waitSeconds: number | null
  /** Where servers take a create, as far as it is known. */
  readonly routes: CreateRoutes
}

/**
 * The predictions protocol over HTTP: create, get and cancel below one base address. Requests, and the key, go there
 * only: polling follows no address from an answer.
 */
export class ReplicateBackend implements Backend {
  readonly id = 'replicate'
  readonly capabilities = REPLICATE_CAPABILITIES
  private readonly options: ReplicateOptions

  constructor(options: ReplicateOptions) {
    this.options = options
  }

  async create(picture: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    const { base, fields, version, waitSeconds, routes } = this.options
    const { input, inlineBytes } = await wireInput(picture, fields, {
      ...this.options,
      upload: (file, name) => this.upload(file, name, signal),
      maxBytes: MAX_INLINE_BYTES,
    })
    const prefer = waitSeconds === null ? {} : { prefer: `wait=${waitSeconds}` }
    onSend()
    const answer = await this.sendCreate(createAttempts(version, fields.model, input, routes.of(base)), {
      signal,
      ...prefer,
    })
    const { status } = answer
    if (status >= 300) {
      const error = readHttpError(status, answer.headers, textOf(answer))
      if (status === 413) throw tooLarge(inlineBytes, error)
      // A server error may follow a run that was made. One with a time to come back is a refusal.
      const refused = status < 500 || status === 501 || (status === 503 && 'seconds' in error.data.params)
      throw refused ? error : unclear(error)
    }
    try {
      return readPrediction(parseJson(textOf(answer), status), null)
    } catch (cause) {
      // The run was made, but nothing can be asked about it: a list would give the same id.
      if (cause instanceof AppError && 'id' in cause.data.params) throw cause
      throw unclear(cause)
    }
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    return readPrediction(await this.ask('GET', `/predictions/${encodeURIComponent(id)}`, signal), id)
  }

  async cancel(id: string): Promise<Prediction> {
    const path = `/predictions/${encodeURIComponent(id)}/cancel`
    const prediction = readPrediction(await this.ask('POST', path, new AbortController().signal), id)
    // `{}` confirms the cancel only: the next poll has the status.
    return prediction.status === 'starting' && prediction.rawStatus === null
      ? { ...prediction, status: 'processing' }
      : prediction
  }

  async find(lost: LostCreate, signal: AbortSignal): Promise<Prediction | null> {
    return findLost(await this.ask('GET', '/predictions', signal), lost, this.options.version)
  }

  forget(): void {
    // Nothing is held here.
  }

  /**
   * Sends a create, and again another way only where the answer says that the server has no such path: a refusal, which
   * makes no run. Which way it was is remembered.
   */
  private async sendCreate(
    attempts: readonly CreateAttempt[],
    options: Pick<RemoteRequest, 'signal' | 'prefer'>,
  ): Promise<HttpAnswer> {
    const { base, routes } = this.options
    let refused: HttpAnswer | null = null
    for (const { route, path, body: json } of attempts) {
      let answer: HttpAnswer
      try {
        const timeoutMs = CREATE_TIMEOUT_MS
        answer = await sendTo(this.options, path, { method: 'POST', json, timeoutMs, ...options })
      } catch (cause) {
        throw unclear(cause)
      }
      if (!NO_SUCH_PATH.has(answer.status)) {
        if (refused) routes.learn(base, route)
        return answer
      }
      refused ??= answer
    }
    return refused as HttpAnswer
  }

  /** @returns the JSON of the answer; `{}` where it is empty */
  private async ask(method: 'GET' | 'POST', path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await sendTo(this.options, path, { method, signal, timeoutMs: GET_TIMEOUT_MS })
    const text = textOf(answer)
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, text)
    return text.trim() === '' && method === 'POST' ? {} : parseJson(text, answer.status)
  }

  /** Uploads a file, which costs nothing. @returns its address; null where it has to go inside the request */
  private async upload(content: Blob, name: string, signal: AbortSignal): Promise<string | null> {
    const { base } = this.options
    if (withoutFiles.has(base)) return null
    try {
      const file = { name, content }
      const answer = await sendTo(this.options, '/files', {
        method: 'POST',
        file,
        signal,
        timeoutMs: CREATE_TIMEOUT_MS,
      })
      const address: unknown =
        answer.status < 300
          ? ownProperty(ownProperty(parseJson(textOf(answer), answer.status), 'urls'), 'get')
          : null
      if (typeof address === 'string' && /^https?:\/\//.test(address)) return address
      // A wrong key or a busy server says nothing about files.
      if ([400, 404, 405, 501].includes(answer.status)) withoutFiles.add(base)
    } catch {
      signal.throwIfAborted()
    }
    return null
  }
}

/** Marks an error after a request was sent: the run may have been made all the same. */
function unclear(cause: unknown): unknown {
  if (isAbort(cause)) return cause
  const data = errorData(cause)
  // What the page's own policy refused was never sent.
  if (data.code === 'backend/policy') return cause
  return new AppError(data.code, { ...data, params: { ...data.params, [UNCLEAR]: 1 }, cause })
}

/** Less than the time after which Cancel gives up an unanswered create. */
const WAIT_SECONDS = 3

/** A predictions API at the address of `ref`. @throws AppError `backend/no-url`, `backend/url-invalid` */
export function createReplicate(
  ref: BackendRef,
  fields: ModelFields,
  onExchange?: (exchange: Exchange) => void,
): ReplicateBackend {
  const remote = remoteAt(ref, onExchange)
  // Elsewhere the header would have to be allowed by CORS, and many gateways do not.
  const here = new URL(remote.base).origin === location.origin
  return new ReplicateBackend({
    ...remote,
    version: ref.version ?? '',
    fields,
    waitSeconds: here ? WAIT_SECONDS : null,
    routes: createRoutes,
  })
}
