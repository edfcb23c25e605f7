import { isObject, type JsonValue } from '../json'

/** One request of a run and its answer, as the inspector shows it. Never holds a key. */
export interface Exchange {
  readonly method: string
  readonly url: string
  /** The request's Prefer header. */
  readonly prefer: string | null
  readonly body: JsonValue | null
  /** When it was sent, ISO 8601. */
  readonly at: string
  readonly ms: number
  /** HTTP status; null where no answer came. */
  readonly status: number | null
  /** The answer's text, cut at ANSWER_CHARS; the error's name where none came. */
  readonly answer: string
}

export const ANSWER_CHARS = 64 * 1024

/** The exchange with the values of secret fields blanked out. @param secrets names of fields of its input */
export function withoutSecrets(exchange: Exchange, secrets: readonly string[]): Exchange {
  const { body } = exchange
  if (!isObject(body) || !isObject(body['input'])) return exchange
  const input = Object.fromEntries(
    Object.entries(body['input']).map(([name, value]) => [name, secrets.includes(name) ? '…' : value]),
  )
  return { ...exchange, body: { ...body, input } }
}
