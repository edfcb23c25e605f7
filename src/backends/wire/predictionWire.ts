import { AppError, type AppErrorData } from '../../core/errors'
import { isObject, jsonText, ownProperty } from '../../core/json'
import { lastWords, progressOfLogs, seedsOfLogs } from '../../core/prediction/logs'
import {
  isTerminal,
  type OutputRef,
  type Prediction,
  type PredictionStatus,
} from '../../core/prediction/prediction'
import { plainText, words } from './wireText'

/** Spellings of each status; an unknown word is polled as `processing`. */
const STATUS_WORDS: Readonly<Record<PredictionStatus, readonly string[]>> = {
  starting: ['starting', 'queued', 'pending', 'submitted', 'not_start', 'in_queue'],
  processing: ['processing', 'running', 'in_progress', 'in progress'],
  succeeded: ['succeeded', 'success', 'completed', 'complete'],
  failed: ['failed', 'failure', 'error'],
  canceled: ['canceled', 'cancelled'],
  aborted: ['aborted'],
}

/** A longer log is cut at its beginning. */
const MAX_LOG_CHARS = 2 ** 20
const MAX_OUTPUTS = 8
/** Keys of an output object that hold pictures; without any of them every value is tried. */
const OUTPUT_KEYS = ['image', 'images', 'output', 'url', 'file']

/** Parses an answer. @throws AppError `backend/not-json` with the beginning of the text */
export function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new AppError('backend/not-json', { params: { status }, detail: plainText(text), cause })
  }
}

/**
 * Reads an answer of create, get or cancel. Only an id is required, and not even that of a final answer.
 * @param knownId the id asked for, which stays the run's; null on create
 * @throws AppError `backend/no-id` where an answer to create names no prediction, or one that cannot be asked for: then
 * its param `id` is what came
 */
export function readPrediction(body: unknown, knownId: string | null): Prediction {
  const openAi = openAiImages(body)
  const outputs = openAi.length > 0 ? openAi : flatOutputs(ownProperty(body, 'output'))
  const said = ownProperty(body, 'id')
  const id = knownId ?? readId(said)
  const { status, rawStatus } = readStatus(ownProperty(body, 'status'), outputs.length > 0 && id === null)
  // Without an id only a final answer is of use.
  if (id === null && (!isTerminal(status) || (status === 'succeeded' && outputs.length === 0))) {
    const isNamed = typeof said === 'number' || (typeof said === 'string' && said !== '')
    throw new AppError('backend/no-id', {
      params: isNamed ? { id: String(said).slice(0, 80) } : {},
      detail: plainText(jsonText(body)),
    })
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
    ...(outputs.length > MAX_OUTPUTS ? { moreOutputs: outputs.length - MAX_OUTPUTS } : {}),
    error: runError(status, ownProperty(body, 'error'), { removed, outputs: outputs.length, logs }),
    logs,
    progress: status === 'succeeded' ? 1 : progressOfLogs(logs),
    seeds: seedsOf(body, logs),
    predictSeconds: typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null,
  }
}

/** Characters that a path, a query or a header would read as their own. */
const NO_ID = /[^\x21-\x7e]|[/\\?#%]|^\.{1,2}$/

/** A number may have lost digits on the way; text with characters of a path would ask for another address. */
function readId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 300 && !NO_ID.test(value) ? value : null
}

function readStatus(
  value: unknown,
  finished: boolean,
): { status: PredictionStatus; rawStatus: string | null } {
  if (value === undefined || value === null || value === '') {
    return { status: finished ? 'succeeded' : 'starting', rawStatus: null }
  }
  const word = (typeof value === 'string' ? value : jsonText(value)).toLowerCase().trim()
  for (const [status, spellings] of Object.entries(STATUS_WORDS) as [PredictionStatus, readonly string[]][]) {
    if (spellings.includes(word)) return { status, rawStatus: null }
  }
  return { status: 'processing', rawStatus: word.slice(0, 80) }
}

function runError(
  status: PredictionStatus,
  error: unknown,
  { removed, outputs, logs }: { removed: boolean; outputs: number; logs: string },
): AppErrorData | null {
  if (status === 'failed') {
    const text = error === null || error === undefined ? '' : typeof error === 'string' ? error : words(error)
    return new AppError('backend/run-failed', { detail: plainText(text) }).data
  }
  if (status === 'aborted') return new AppError('backend/run-aborted').data
  if (status !== 'succeeded' || outputs > 0) return null
  if (removed) return new AppError('backend/data-removed').data
  return new AppError('backend/no-output', { detail: lastWords(logs) }).data
}

function seedsOf(body: unknown, logs: string): number[] {
  const said = seedsOfLogs(logs)
  if (said.length > 0) return said
  const asked = ownProperty(ownProperty(body, 'input'), 'seed')
  return typeof asked === 'number' ? [asked] : []
}

/** Flattens a string, a list or an object to a list of addresses. */
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

/** Reads the OpenAI images shape, which some gateways answer in: `{created, data: [{url | b64_json}]}`. */
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
