import type { JsonValue } from '../core/json'
import { type FieldSpec, readInputSchema } from '../core/prediction/inputSchema'

/** Fields by name, as JSON schema. */
type Fields = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>

/**
 * The options of a backend on this device, in the form of a model's inputs.
 * @param outputs the default of how many a run makes
 * @param first fields between the number of outputs and the seed
 * @param last fields after the seed
 */
export function deviceOptions(outputs: number, first: Fields, last: Fields = {}): readonly FieldSpec[] {
  const fields: Fields = {
    num_outputs: { type: 'integer', minimum: 1, maximum: 4, default: outputs, title: 'Outputs' },
    ...first,
    seed: { type: 'integer', title: 'Seed' },
    ...last,
  }
  const ordered = Object.entries(fields).map(([name, field], order) => [name, { ...field, 'x-order': order }])
  return readInputSchema({ components: { schemas: { Input: { properties: Object.fromEntries(ordered) } } } })
}
