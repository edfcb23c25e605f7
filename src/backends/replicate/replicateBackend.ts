import { AppError, UNCLEAR } from '../../core/errors'
import { ownProperty } from '../../core/json'
import type { Backend, BackendRef, LostCreate, ModelFields } from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import type { Prediction, PredictionInput } from '../../core/prediction/prediction'
import { type HttpAnswer, textOf } from '../../platform/http'
import { readHttpError } from '../wire/httpErrorWire'
import { parseJson, readPrediction } from '../wire/predictionWire'
import { type Remote, remoteAt, sendTo } from '../wire/remote'
import { tooLarge, wireInput } from '../wire/wireInput'
import { replicateDescriptor } from './replicateDescriptor'
import { findLost } from './replicateList'

const CREATE_TIMEOUT_MS = 120_000
const GET_TIMEOUT_MS = 15_000
/** What the hosted API's own client sends at most inside a request. */
const MOST_INLINE_BYTES = 10_000_000

/** Bases that were found to take no files: they are not asked again. */
const withoutFiles = new Set<string>()

export interface ReplicateOptions extends Remote {
  readonly version: string
  readonly fields: ModelFields
  /** How long create may be held, s: a quick run comes back at once. null where asking would need a preflight. */
  readonly waitSeconds: number | null
}

/**
 * The predictions protocol over HTTP: create, get, cancel below one base address, which alone decides where requests
 * (and the key) go; addresses in answers are not followed for polling.
 */
export class ReplicateBackend implements Backend {
  readonly id = replicateDescriptor.id
  readonly capabilities = replicateDescriptor.capabilities
  private readonly options: ReplicateOptions

  constructor(options: ReplicateOptions) {
    this.options = options
  }

  async create(picture: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    const { fields, version, waitSeconds } = this.options
    const { input, inlineBytes } = await wireInput(picture, fields, {
      ...this.options,
      upload: (file, name) => this.upload(file, name, signal),
      mostBytes: MOST_INLINE_BYTES,
    })
    const json = version === '' ? { input } : { version, input }
    const prefer = waitSeconds === null ? {} : { prefer: `wait=${waitSeconds}` }
    onSend()
    let answer: HttpAnswer
    try {
      const timeoutMs = CREATE_TIMEOUT_MS
      answer = await sendTo(this.options, '/predictions', {
        method: 'POST',
        json,
        signal,
        timeoutMs,
        ...prefer,
      })
    } catch (cause) {
      throw unclear(cause)
    }
    const { status } = answer
    if (status >= 300) {
      const error = readHttpError(status, answer.headers, textOf(answer))
      if (status === 413) throw tooLarge(inlineBytes, error)
      // A server error may come after the run was made, whatever it says; one that names a time to come back refused.
      const refused = status < 500 || status === 501 || (status === 503 && 'seconds' in error.data.params)
      throw refused ? error : unclear(error)
    }
    try {
      return readPrediction(parseJson(textOf(answer), status), null)
    } catch (cause) {
      throw unclear(cause)
    }
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    return readPrediction(await this.ask('GET', `/predictions/${encodeURIComponent(id)}`, signal), id)
  }

  async cancel(id: string): Promise<Prediction> {
    const path = `/predictions/${encodeURIComponent(id)}/cancel`
    const prediction = readPrediction(await this.ask('POST', path, new AbortController().signal), id)
    // `{}` says that the cancel was taken; how the run stands tells the next look.
    return prediction.status === 'starting' && prediction.rawStatus === null
      ? { ...prediction, status: 'processing' }
      : prediction
  }

  async find(lost: LostCreate, signal: AbortSignal): Promise<Prediction | null> {
    return findLost(await this.ask('GET', '/predictions', signal), lost, this.options.version)
  }

  forget(): void {
    // The server keeps what it keeps.
  }

  /** @returns the JSON of the answer; `{}` where it is empty */
  private async ask(method: 'GET' | 'POST', path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await sendTo(this.options, path, { method, signal, timeoutMs: GET_TIMEOUT_MS })
    const text = textOf(answer)
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, text)
    return text.trim() === '' && method === 'POST' ? {} : parseJson(text, answer.status)
  }

  /** Puts a file on the server; null where it takes none, so that it goes inside the request. Nothing is billed. */
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
      // Nothing is learned of files from a wrong key, or from a server that is busy.
      if ([400, 404, 405, 501].includes(answer.status)) withoutFiles.add(base)
    } catch {
      signal.throwIfAborted()
    }
    return null
  }
}

/** After a request went out, no failure to read its answer says that nothing was made: marks the error so. */
function unclear(cause: unknown): unknown {
  if (!(cause instanceof AppError)) return cause
  const { code, data } = cause
  return new AppError(code, { ...data, params: { ...data.params, [UNCLEAR]: 1 }, cause })
}

/** Below the time after which Cancel gives a create up that has not been answered. */
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
  })
}
