import type { FieldRole } from './fieldRoles'
import { type FieldSpec, formFields } from './inputSchema'

/** What a person decides anew from run to run, in this order; no schema says what matters. */
const FIRST: readonly (FieldRole | null)[] = ['prompt', 'negativePrompt', 'outpaint', 'count']

/** Fewer fields than this are not worth folding away. */
const MIN_FOLDED = 3

/**
 * A model's fields as its form shows them.
 * @param fields in the schema's order
 * @returns `first` are always seen, the prompt at their head; `more` can be folded away, with width before height
 */
export function formOrder(fields: readonly FieldSpec[]): {
  readonly first: readonly FieldSpec[]
  readonly more: readonly FieldSpec[]
} {
  const all = formFields(fields)
  const rank = ({ role, required }: FieldSpec) => {
    const place = role === null ? -1 : FIRST.indexOf(role)
    return place >= 0 ? place : required ? FIRST.length : Infinity
  }
  const first = all.filter((field) => rank(field) < Infinity).toSorted((a, b) => rank(a) - rank(b))
  const more = widthFirst(all.filter((field) => rank(field) === Infinity))
  return more.length < MIN_FOLDED ? { first: [...first, ...more], more: [] } : { first, more }
}

function widthFirst(fields: readonly FieldSpec[]): readonly FieldSpec[] {
  const width = fields.find(({ role }) => role === 'width')
  const height = fields.findIndex(({ role }) => role === 'height')
  if (!width || height < 0 || fields.indexOf(width) < height) return fields
  return fields.flatMap((field, place) =>
    field === width ? [] : place === height ? [width, field] : [field],
  )
}
