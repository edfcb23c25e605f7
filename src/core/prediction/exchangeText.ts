import { isObject, type JsonValue } from '../json'
import type { Exchange } from './exchange'

/** A picture in a request. */
export interface SentPicture {
  readonly field: string
  readonly uri: string
  readonly bytes: number
  readonly width: number
  readonly height: number
}

const PNG_URI = 'data:image/png;base64,'

/** The pictures among a request's inputs, with their sizes. */
export function sentPictures(body: JsonValue | null): SentPicture[] {
  const input = isObject(body) ? body['input'] : null
  if (!isObject(input)) return []
  return Object.entries(input).flatMap(([field, value]) => {
    if (typeof value !== 'string' || !value.startsWith(PNG_URI)) return []
    const base64 = value.slice(PNG_URI.length)
    const head = Uint8Array.from(atob(base64.slice(0, 32)), (letter) => letter.charCodeAt(0))
    if (head.length < 24) return []
    const view = new DataView(head.buffer)
    const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
    const bytes = (base64.length / 4) * 3 - padding
    return [{ field, uri: value, bytes, width: view.getUint32(16), height: view.getUint32(20) }]
  })
}

/** JSON for reading: each long data URI shortened to its beginning and length. */
export function readableJson(value: JsonValue | null): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? shortUri(part) : part), 2)
}

/** The answer for reading: indented where it is JSON. */
export function readableAnswer(answer: string): string {
  try {
    return readableJson(JSON.parse(answer) as JsonValue)
  } catch {
    return answer
  }
}

function shortUri(text: string): string {
  const comma = text.indexOf(',')
  return /^data:[^,]{1,60},/.test(text) && text.length > 200
    ? `${text.slice(0, comma + 13)}… (${text.length} characters)`
    : text
}

/** Longer bodies go through standard input: Linux refuses an argument of 128 KB. */
const MAX_ARGUMENT_CHARS = 16 * 1024

/** Ends the here-document. A body is one line that begins with a bracket, so it never equals this. */
const END_OF_BODY = 'END_OF_BODY'

/**
 * The request as a command for a POSIX shell, with the variable $TOKEN in place of the key. A long body is a
 * here-document, which has no limit of length.
 */
export function curlOf({ method, url, prefer, body }: Exchange): string {
  const parts = [`curl -X ${method} ${quoted(url)}`, `-H "Authorization: Bearer $TOKEN"`]
  if (prefer !== null) parts.push(`-H ${quoted(`Prefer: ${prefer}`)}`)
  if (body === null) return parts.join(CONTINUED)
  parts.push(`-H ${quoted('Content-Type: application/json')}`)
  const json = JSON.stringify(body)
  if (json.length <= MAX_ARGUMENT_CHARS) return [...parts, `-d ${quoted(json)}`].join(CONTINUED)
  return `${[...parts, `--data-binary @- <<'${END_OF_BODY}'`].join(CONTINUED)}\n${json}\n${END_OF_BODY}\n`
}

const CONTINUED = ' \\\n  '

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
