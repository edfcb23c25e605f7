import { isObject, jsonText, ownProperty } from '../../core/json'

const MAX_DEPTH = 8

/** @returns the readable part of an error body of any shape */
export function words(body: unknown, depth = 0): string {
  if (typeof body === 'string') return body
  for (const key of ['detail', 'message', 'error', 'title']) {
    const value = ownProperty(body, key)
    if (typeof value === 'string' && value !== '') return value
    if (isObject(value) && depth < MAX_DEPTH) return words(value, depth + 1)
    if (Array.isArray(value) && value.length > 0) return value.map(fieldLine).join('\n')
  }
  return jsonText(body)
}

function fieldLine(item: unknown): string {
  const message = ownProperty(item, 'msg') ?? ownProperty(item, 'description')
  const loc = ownProperty(item, 'loc')
  const place = Array.isArray(loc) ? loc.join('.') : ''
  return typeof message === 'string' ? [place, message].filter(Boolean).join(': ') : jsonText(item)
}

/** Strips HTML to its text and folds white space; at most 4000 characters. */
export function plainText(text: string): string {
  const stripped = /<(!doctype|html|head|body|div|h1|center)\b/i.test(text)
    ? text.replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : text
  return stripped
    .replace(/[ \t\r\f\v]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, 4000)
}
