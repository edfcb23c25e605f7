import { parseNumber } from '../numberText'
import type { FieldSpec, FieldValue } from './inputSchema'

const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** Reads text from a link as a value of the field; undefined where it does not fit. */
export function parseFieldText(field: FieldSpec, text: string): FieldValue | undefined {
  if (field.kind === 'boolean') return BOOLEAN_WORDS.get(text.trim().toLowerCase())
  if (field.kind === 'integer' || field.kind === 'number') {
    const value = parseNumber(text)
    return Number.isNaN(value) ? undefined : value
  }
  if (field.kind === 'enum') return field.options?.find((option) => String(option) === text)
  return text
}
