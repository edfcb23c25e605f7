import { AppError, UNCLEAR } from '../../core/errors'
import type {
  Backend,
  BackendCapabilities,
  BackendDescriptor,
  BackendRef,
  LostCreate,
  ModelFields,
} from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import type { Prediction, PredictionInput } from '../../core/prediction/prediction'
import { encodePng, toDataUri } from '../../platform/imageEncode'
import { type HttpAnswer, request, textOf } from '../../platform/http'
import { tokenFor } from '../../platform/tokenVault'
import { normalizeBaseUrl, originOf } from './baseUrl'
import { type Encode, wireInput } from './wireInput'
import { findLost } from './replicateList'
import { parseJson, readHttpError, readPrediction } from './replicateWire'

const CAPABILITIES: BackendCapabilities = {
  resume: true,
  offline: false,
  fixedSize: true,
  pollMs: [500, 5000],
}

const JSON_LIMIT_BYTES = 64 * 2 ** 20
const CREATE_TIMEOUT_MS = 120_000
const GET_TIMEOUT_MS = 15_000

export interface ReplicateOptions {
  /** Absolute, without a trailing slash. */
  readonly base: string
  readonly version: string
  readonly fields: ModelFields
  readonly encode: Encode
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Asked at each request, so that a token is never held here. */
  readonly token: () => string | null
}

/**
 * The predictions protocol over HTTP: create, get, cancel below one base address, which alone decides where requests
 * (and the token) go; addresses in answers are not followed for polling.
 */
export class ReplicateBackend implements Backend {
  readonly id = 'replicate'
  readonly capabilities = CAPABILITIES
  private readonly options: ReplicateOptions

  constructor(options: ReplicateOptions) {
    this.options = options
  }

  async create(input: PredictionInput, signal: AbortSignal): Promise<Prediction> {
    const { fields, version, encode } = this.options
    const sent = await wireInput(input, fields, encode)
    const body = version === '' ? { input: sent } : { version, input: sent }
    let answer: HttpAnswer
    try {
      answer = await this.send('POST', '/predictions', signal, CREATE_TIMEOUT_MS, body)
    } catch (cause) {
      throw unclear(cause)
    }
    if (answer.status === 429) throw readHttpError(429, answer.headers, textOf(answer))
    if (answer.status >= 500) {
      const error = readHttpError(answer.status, answer.headers, textOf(answer))
      // It may have come after the run was made, whatever it says.
      throw answer.status === 501 ? error : unclear(error)
    }
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
    try {
      return readPrediction(parseJson(textOf(answer), answer.status), null)
    } catch (cause) {
      throw unclear(cause)
    }
  }

  async get(id: string, signal: AbortSignal): Promise<Prediction> {
    const answer = await this.send('GET', `/predictions/${encodeURIComponent(id)}`, signal, GET_TIMEOUT_MS)
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
    return readPrediction(parseJson(textOf(answer), answer.status), id)
  }

  async cancel(id: string): Promise<Prediction> {
    const path = `/predictions/${encodeURIComponent(id)}/cancel`
    const answer = await this.send('POST', path, new AbortController().signal, GET_TIMEOUT_MS)
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
    const text = textOf(answer)
    const body = text.trim() === '' ? {} : parseJson(text, answer.status)
    const prediction = readPrediction(body, id)
    // `{}` says that the cancel was taken; how the run stands tells the next look.
    return prediction.status === 'starting' && prediction.rawStatus === null
      ? { ...prediction, status: 'processing' }
      : prediction
  }

  async find(lost: LostCreate, signal: AbortSignal): Promise<Prediction | null> {
    const answer = await this.send('GET', '/predictions', signal, GET_TIMEOUT_MS)
    if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
    return findLost(parseJson(textOf(answer), answer.status), lost)
  }

  forget(): void {
    // The server keeps what it keeps.
  }

  private send(method: 'GET' | 'POST', path: string, signal: AbortSignal, timeoutMs: number, json?: unknown) {
    const { base, token, onExchange } = this.options
    return request({
      method,
      url: base + path,
      token: token(),
      onExchange,
      ...(json === undefined ? {} : { json }),
      signal,
      limitBytes: JSON_LIMIT_BYTES,
      timeoutMs,
    })
  }
}

/** After a request went out, no failure to read its answer says that nothing was made: marks the error so. */
function unclear(cause: unknown): unknown {
  if (!(cause instanceof AppError)) return cause
  const { code, data } = cause
  return new AppError(code, { ...data, params: { ...data.params, [UNCLEAR]: 1 }, cause })
}

export const replicateDescriptor: BackendDescriptor = {
  capabilities: CAPABILITIES,
  id: 'replicate',
  name: { en: 'Backend URL', zh: '后端地址' },
  description: {
    en: 'A server that speaks the Replicate predictions protocol',
    zh: '使用 Replicate predictions 协议的服务器',
  },
  needsUrl: true,
  usesRoles: null,
  create(ref: BackendRef, fields: ModelFields, onExchange?: (exchange: Exchange) => void): Backend {
    const base = normalizeBaseUrl(ref.url ?? '', location.href)
    const origin = originOf(base, location.href)
    return new ReplicateBackend({
      base: new URL(base, location.href).href.replace(/\/$/, ''),
      version: ref.version ?? '',
      fields,
      onExchange,
      encode: async (image) => toDataUri(await encodePng(image)),
      token: () => tokenFor(origin),
    })
  },
}
