import { AppError, type AppErrorData } from '../../core/errors'
import { ownProperty } from '../../core/json'
import { plainText, words } from './wireText'

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

/** Reads an answer with an error status, whatever the shape of its body. */
export function readHttpError(status: number, headers: Headers, text: string): AppError {
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {
    // Plain text or HTML stays as it is.
  }
  const detail = plainText(words(body))
  const params: Record<string, string | number> = { status }
  // Of a 503 only the header says that no run was made.
  if (status === 429 || (status === 503 && headers.has('retry-after'))) {
    const seconds = retryAfterSeconds(headers, body, detail)
    if (seconds !== null) params['seconds'] = seconds
  }
  const code = CODES[status] ?? (status >= 500 ? 'backend/server-error' : 'backend/rejected')
  return new AppError(code, { params, detail, fields: invalidFields(body, detail) })
}

const MAX_RETRY_AFTER_SECONDS = 300

/** Reads the wait from the header (seconds or a date), the body or its sentence, s; null where none has it. */
export function retryAfterSeconds(headers: Headers, body: unknown, detail: string): number | null {
  const header = headers.get('retry-after')?.trim() ?? ''
  let seconds = Number.NaN
  if (/^\d{1,9}(\.\d+)?$/.test(header)) seconds = Number(header)
  else if (header !== '') {
    const sent = Date.parse(headers.get('date') ?? '')
    seconds = (Date.parse(header) - (Number.isNaN(sent) ? Date.now() : sent)) / 1000
  }
  if (!Number.isFinite(seconds) || seconds < 0) {
    const given = ownProperty(body, 'retry_after')
    const sentence = /~?(\d{1,6})\s?s\b/.exec(detail)
    seconds = typeof given === 'number' && given >= 0 ? given : sentence ? Number(sentence[1]) : Number.NaN
  }
  return Number.isFinite(seconds) ? Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(seconds)) : null
}

function textAt(item: unknown, key: string): string {
  const value = ownProperty(item, key)
  return typeof value === 'string' ? value : ''
}

/** Errors by field name, from the three body shapes in use. */
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
