import { clamp } from './geometry'

/** A decimal number as it is written in English, or with the comma that other languages have for the point. */
const WITH_POINT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i
const WITH_COMMA = /^[+-]?\d*,\d+$/
/** `1,234` is a thousand here and one and a bit there. */
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2},\d{3}$/

/**
 * Reads a number as somebody typed or pasted it: `1.5`, `1,5`, `-2`, `1e3`, also in full-width digits.
 * @returns NaN for anything else, for what has two readings, and for a fraction that a double would drop
 */
export function parseNumber(text: string): number {
  const typed = text.normalize('NFKC').trim().replace('\u2212', '-')
  const isComma = WITH_COMMA.test(typed) && !AMBIGUOUS.test(typed)
  if (!isComma && !WITH_POINT.test(typed)) return Number.NaN
  const plain = typed.replace(',', '.')
  const value = Number(plain)
  const hasFraction = /^[^e]*\.0*[1-9]/i.test(plain) && !/e/i.test(plain)
  const isDropped = hasFraction && Number.isInteger(value)
  return Number.isFinite(value) && !isDropped ? value : Number.NaN
}

/** The values a number may take by the arrow keys: `low` plus whole steps, up to `high`. */
export interface NumberSteps {
  readonly step: number
  /** null where there is no bound; the steps then count from 0. */
  readonly low: number | null
  readonly high: number | null
}

/**
 * The value some steps away, as arrow keys count: a value between two steps goes to the next one first.
 * @param value undefined counts from 0, or the bound nearest to it
 * @param count of steps, negative for down
 */
export function stepped(value: number | undefined, count: number, { step, low, high }: NumberSteps): number {
  const bounded = (number: number) => clamp(number, low ?? -Infinity, high ?? Infinity)
  if (value === undefined) return bounded(count * step)
  const origin = low ?? 0
  const place = (value - origin) / step
  // A tenth that is written in binary is a little off its step.
  const from = count > 0 ? Math.floor(place + 1e-6) : Math.ceil(place - 1e-6)
  const decimals = Math.max(decimalsOf(step), decimalsOf(origin))
  return bounded(Number((origin + (from + count) * step).toFixed(decimals)))
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = String(value).split('.', 2)
  return Math.min(10, fraction.length)
}
