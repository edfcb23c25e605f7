import { fromBase64, toBase64 } from '../../base64'
import { isObject } from '../../json'

/** Bytes in JSON, which has none: `{ base64 }`. For plain data that holds no such object of its own. */

/** What is nested deeper holds no bytes, and stays as it is: a hostile file may be deeper than the stack. */
const MAX_LEVELS = 6

export function withBytesAsText(value: unknown): unknown {
  return mapped(value, MAX_LEVELS, (one) =>
    one instanceof Uint8Array ? { base64: toBase64(one) } : undefined,
  )
}

/** The inverse of `withBytesAsText`; what is no base64 stays, and is refused by its schema. */
export function withTextAsBytes(value: unknown): unknown {
  return mapped(value, MAX_LEVELS, (one) => {
    const text = isObject(one) ? one['base64'] : null
    return typeof text === 'string' ? (fromBase64(text) ?? one) : undefined
  })
}

/** @returns how many bytes a value holds, as `withTextAsBytes` gives it back */
export function bytesIn(value: unknown, levels = MAX_LEVELS + 1): number {
  if (value instanceof Uint8Array) return value.length
  if (typeof value !== 'object' || value === null || levels === 0) return 0
  return Object.values(value).reduce<number>((sum, one) => sum + bytesIn(one, levels - 1), 0)
}

/** @param replace returns undefined for what is looked into */
function mapped(value: unknown, levels: number, replace: (value: unknown) => unknown): unknown {
  const replaced = replace(value)
  if (replaced !== undefined || levels === 0) return replaced ?? value
  const inner = (one: unknown) => mapped(one, levels - 1, replace)
  if (Array.isArray(value)) return value.map(inner)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]))
}
