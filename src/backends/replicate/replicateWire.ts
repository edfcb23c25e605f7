import { AppError, type AppErrorData } from '../../core/errors'
import { isObject, ownProperty } from '../../core/json'
import { progressOfLogs, seedsOfLogs } from '../../core/prediction/logs'
import type { OutputRef, Prediction, PredictionStatus } from '../../core/prediction/prediction'

/** What servers of this protocol call a status; anything else is followed as if it were processing. */
const STATUS_WORDS: Readonly<Record<PredictionStatus, readonly string[]>> = {
  starting: ['starting', 'queued', 'pending', 'submitted', 'not_start', 'in_queue'],
  processing: ['processing', 'running', 'in_progress', 'in progress'],
  succeeded: ['succeeded', 'success', 'completed', 'complete'],
  failed: ['failed', 'failure', 'error'],
  canceled: ['canceled', 'cancelled'],
  aborted: ['aborted'],
}

const MAX_LOG_CHARS = 64 * 1024
const MAX_OUTPUTS = 8
/** Keys of an output object that hold the pictures, if it has one of them. */
const OUTPUT_KEYS = ['image', 'images', 'output', 'url', 'file']

/** @throws AppError `backend/not-json` with the beginning of the text */
export function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new AppError('backend/not-json', { params: { status }, detail: plainText(text), cause })
  }
}

/**
 * Reads an answer of create, get or cancel. Tolerant: of all fields only an id is needed, and not even that where
 * the answer is final.
 * @param knownId the id asked for; null on create
 * @throws AppError `backend/no-id` where an answer to create names no prediction
 */
export function readPrediction(body: unknown, knownId: string | null): Prediction {
  const openAi = openAiImages(body)
  const outputs = openAi.length > 0 ? openAi : flatOutputs(ownProperty(body, 'output'))
  const id = readId(ownProperty(body, 'id')) ?? knownId
  const { status, rawStatus } = readStatus(ownProperty(body, 'status'), outputs.length > 0 && id === null)
  if (id === null && outputs.length === 0 && !(status === 'failed' || status === 'canceled')) {
    throw new AppError('backend/no-id', { detail: plainText(JSON.stringify(body) ?? '') })
  }
  const logValue = ownProperty(body, 'logs')
  const logs = typeof logValue === 'string' ? logValue.slice(-MAX_LOG_CHARS) : ''
  const removed = ownProperty(body, 'data_removed') === true
  const seconds = ownProperty(ownProperty(body, 'metrics'), 'predict_time')
  return {
    id: id ?? 'answered',
    status,
    rawStatus,
    outputs: outputs.slice(0, MAX_OUTPUTS).map((url): OutputRef => ({ kind: 'url', url })),
    error: runError(status, ownProperty(body, 'error'), { removed, outputs: outputs.length }),
    logs,
    progress: status === 'succeeded' ? 1 : progressOfLogs(logs),
    seeds: seedsOf(body, logs),
    predictSeconds: typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null,
  }
}

function readId(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : null
}

function readStatus(
  value: unknown,
  finished: boolean,
): { status: PredictionStatus; rawStatus: string | null } {
  if (value === undefined || value === null || value === '') {
    return { status: finished ? 'succeeded' : 'starting', rawStatus: null }
  }
  const word = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase().trim()
  for (const [status, spellings] of Object.entries(STATUS_WORDS) as [PredictionStatus, readonly string[]][]) {
    if (spellings.includes(word)) return { status, rawStatus: null }
  }
  return { status: 'processing', rawStatus: word.slice(0, 80) }
}

function runError(
  status: PredictionStatus,
  error: unknown,
  { removed, outputs }: { removed: boolean; outputs: number },
): AppErrorData | null {
  if (status === 'failed') {
    const text = error === null || error === undefined ? '' : typeof error === 'string' ? error : words(error)
    return new AppError('backend/run-failed', { detail: plainText(text) }).data
  }
  if (status === 'aborted') return new AppError('backend/run-aborted').data
  if (status !== 'succeeded' || outputs > 0) return null
  return new AppError(removed ? 'backend/data-removed' : 'backend/no-output').data
}

function seedsOf(body: unknown, logs: string): number[] {
  const said = seedsOfLogs(logs)
  if (said.length > 0) return said
  const asked = ownProperty(ownProperty(body, 'input'), 'seed')
  return typeof asked === 'number' ? [asked] : []
}

/** A string, a list or an object becomes a flat list of addresses. */
function flatOutputs(output: unknown, depth = 0): string[] {
  if (typeof output === 'string') return looksLikeAddress(output) ? [output] : []
  if (depth > 4) return []
  if (Array.isArray(output)) return output.flatMap((item) => flatOutputs(item, depth + 1))
  if (!isObject(output)) return []
  const named = OUTPUT_KEYS.flatMap((key) => flatOutputs(ownProperty(output, key), depth + 1))
  return named.length > 0 ? named : Object.values(output).flatMap((item) => flatOutputs(item, depth + 1))
}

function looksLikeAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text)
}

/** Some gateways answer in the shape of the OpenAI images API: `{created, data: [{url | b64_json}]}`. */
function openAiImages(body: unknown): string[] {
  const data = ownProperty(body, 'data')
  if (!Array.isArray(data) || ownProperty(body, 'created') === undefined) return []
  return data.flatMap((item: unknown) => {
    const url = ownProperty(item, 'url')
    const base64 = ownProperty(item, 'b64_json')
    if (typeof url === 'string') return [url]
    return typeof base64 === 'string' ? [`data:image/png;base64,${base64}`] : []
  })
}

/** The readable part of any error body. */
function words(body: unknown): string {
  if (typeof body === 'string') return body
  for (const key of ['detail', 'message', 'error', 'title']) {
    const value = ownProperty(body, key)
    if (typeof value === 'string' && value !== '') return value
    if (isObject(value)) return words(value)
    if (Array.isArray(value) && value.length > 0) return value.map(fieldLine).join('\n')
  }
  return JSON.stringify(body) ?? ''
}

function fieldLine(item: unknown): string {
  const message = ownProperty(item, 'msg') ?? ownProperty(item, 'description')
  const loc = ownProperty(item, 'loc')
  const place = Array.isArray(loc) ? loc.join('.') : ''
  return typeof message === 'string' ? [place, message].filter(Boolean).join(': ') : JSON.stringify(item)
}

/** HTML becomes its text; white space is folded. Shown as text, never as markup. */
function plainText(text: string): string {
  const stripped = /<(!doctype|html|head|body|div|h1|center)\b/i.test(text)
    ? text.replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : text
  return stripped
    .replace(/[ \t\r\f\v]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, 4000)
}

const CODES: Readonly<Record<number, AppErrorData['code']>> = {
  401: 'backend/unauthorized',
  402: 'backend/payment',
  403: 'backend/forbidden',
  404: 'backend/not-found',
  405: 'backend/method-not-allowed',
  409: 'backend/busy',
  413: 'backend/input-too-large',
  422: 'backend/invalid-input',
  429: 'backend/rate-limited',
  501: 'backend/method-not-allowed',
}

/** What an answer with an error status means, in whatever shape its body is. */
export function readHttpError(status: number, headers: Headers, text: string): AppError {
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {
    // Plain text or HTML: used as it is.
  }
  const detail = plainText(words(body))
  const params: Record<string, string | number> = { status }
  if (status === 429 || status === 503) {
    const seconds = retryAfterSeconds(headers, body, detail)
    if (seconds !== null) params['seconds'] = seconds
  }
  const code = CODES[status] ?? (status >= 500 ? 'backend/server-error' : 'backend/rejected')
  return new AppError(code, { params, detail, fields: invalidFields(body, detail) })
}

const MAX_RETRY_AFTER_SECONDS = 300

/** From the header (seconds or a date), the body, or the sentence; null where none of them tells. */
export function retryAfterSeconds(headers: Headers, body: unknown, detail: string): number | null {
  const header = headers.get('retry-after')?.trim() ?? ''
  let seconds = Number.NaN
  if (/^\d{1,9}(\.\d+)?$/.test(header)) seconds = Number(header)
  else if (header !== '') {
    const sent = Date.parse(headers.get('date') ?? '')
    seconds = (Date.parse(header) - (Number.isNaN(sent) ? Date.now() : sent)) / 1000
  }
  if (!Number.isFinite(seconds) || seconds < 0) {
    const told = ownProperty(body, 'retry_after')
    const sentence = /~?(\d{1,6})\s?s\b/.exec(detail)
    seconds = typeof told === 'number' && told >= 0 ? told : sentence ? Number(sentence[1]) : Number.NaN
  }
  return Number.isFinite(seconds) ? Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(seconds)) : null
}

function textAt(item: unknown, key: string): string {
  const value = ownProperty(item, key)
  return typeof value === 'string' ? value : ''
}

/** Complaints by field name, from the three shapes in use. */
function invalidFields(body: unknown, detail: string): Record<string, string> {
  const fields = new Map<string, string>()
  const add = (name: string, text: string) => {
    if (name !== '' && !fields.has(name)) fields.set(name, text.slice(0, 300))
  }
  const listed = ownProperty(body, 'invalid_fields')
  const locs = ownProperty(body, 'detail')
  if (Array.isArray(listed)) {
    for (const item of listed) {
      const text = textAt(item, 'description')
      const field = textAt(item, 'field')
      if (ownProperty(item, 'type') === 'required') add(text.split(' ', 1)[0] ?? '', text)
      else add(field.replace(/^input\./, ''), text)
    }
  } else if (Array.isArray(locs)) {
    for (const item of locs) {
      const loc = ownProperty(item, 'loc')
      const at = Array.isArray(loc) ? loc.indexOf('input') : -1
      if (at >= 0 && Array.isArray(loc)) add(String(loc[at + 1] ?? ''), textAt(item, 'msg'))
    }
  } else {
    for (const line of detail.split('\n')) {
      const match = /^-\s*input(?:\.([\w-]+))?:\s*(.+)$/.exec(line)
      if (match) add(match[1] ?? match[2].split(' ', 1)[0], match[2])
    }
  }
  return Object.fromEntries(fields)
}
