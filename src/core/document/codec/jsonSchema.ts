import * as v from 'valibot'
import type { JsonValue } from '../../json'
import { isObject } from '../../json'

/** Deeper data is refused: nothing that walks it can run out of stack. */
const MAX_DEPTH = 32

/** True for plain JSON: no prototype keys, no numbers that JSON cannot hold, not too deep. */
function isJson(value: unknown, depth = 0): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (depth === MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1))
  return (
    isObject(value) &&
    !Object.hasOwn(value, '__proto__') &&
    Object.values(value).every((item) => isJson(item, depth + 1))
  )
}

export const jsonSchema = v.custom<JsonValue>((value) => isJson(value))

/** @param maxChars of a text, or of another value as JSON */
export function shortJsonSchema(maxChars: number) {
  return v.custom<JsonValue>(
    (value) =>
      isJson(value) && (typeof value === 'string' ? value : JSON.stringify(value)).length <= maxChars,
  )
}

/** Values by field name. */
export const paramsSchema = v.custom<Readonly<Record<string, JsonValue>>>(
  (value) => isObject(value) && isJson(value),
)

/** The values without files: a data: URI is a picture, which is stored elsewhere or not at all. */
export function withoutFiles(
  params: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => !(typeof value === 'string' && /^data:/i.test(value))),
  )
}
