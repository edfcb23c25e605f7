import { type FieldSpec, type FieldValue, type FieldValues, formFields, stepOf } from './inputSchema'

/** Why a value cannot be sent; the catalogues have a message for each reason. */
export interface FieldProblem {
  readonly reason:
    | 'required'
    | 'not-a-number'
    | 'not-whole'
    | 'too-large'
    | 'out-of-range'
    | 'not-allowed'
    | 'too-long'
    | 'not-json'
    | 'not-an-address'
  readonly params: Readonly<Record<string, string | number>>
}

export const MAX_TEXT_CODE_POINTS = 10_000

/** Checks one value against its field. @param value undefined where the field is blank @returns null where it fits */
export function checkField(field: FieldSpec, value: FieldValue | undefined): FieldProblem | null {
  if (value === undefined || value === '') {
    // A run without a prompt is asked about, and then sent with an empty one.
    if (field.role === 'prompt') return null
    return field.required && field.default === undefined ? { reason: 'required', params: {} } : null
  }
  switch (field.kind) {
    case 'integer':
    case 'number':
      return checkNumber(field, value)
    case 'enum':
      return field.options?.includes(value as string | number) ? null : { reason: 'not-allowed', params: {} }
    case 'secret':
    case 'string': {
      if (typeof value !== 'string') return { reason: 'not-allowed', params: {} }
      const length = Array.from(value).length
      return length > MAX_TEXT_CODE_POINTS
        ? { reason: 'too-long', params: { length, most: MAX_TEXT_CODE_POINTS } }
        : null
    }
    case 'boolean':
      return typeof value === 'boolean' ? null : { reason: 'not-allowed', params: {} }
    case 'json':
      return typeof value === 'string' && isJson(value) ? null : { reason: 'not-json', params: {} }
    case 'file':
      return typeof value === 'string' && /^(https?:\/\/|data:)/i.test(value)
        ? null
        : { reason: 'not-an-address', params: {} }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function checkNumber(field: FieldSpec, value: FieldValue): FieldProblem | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { reason: 'not-a-number', params: {} }
  const low = field.minimum ?? -Infinity
  const high = field.maximum ?? Infinity
  if (value < low || value > high) {
    return { reason: 'out-of-range', params: { low, high } }
  }
  const isWhole = Number.isInteger(value)
  if (field.kind === 'integer' && !isWhole) return { reason: 'not-whole', params: {} }
  // Beyond 2^53 a double holds every other whole number only: another one than was typed would be sent.
  if (isWhole && !Number.isSafeInteger(value)) return { reason: 'too-large', params: {} }
  if (field.options && !field.options.includes(value)) {
    return { reason: 'not-allowed', params: { step: stepOf(field.options as number[]) } }
  }
  return null
}

/** The problem of each field that has one, by name. */
export function checkFields(fields: readonly FieldSpec[], values: FieldValues): Record<string, FieldProblem> {
  const problems: Record<string, FieldProblem> = {}
  for (const field of formFields(fields)) {
    const problem = checkField(field, values[field.name])
    if (problem) problems[field.name] = problem
  }
  return problems
}
