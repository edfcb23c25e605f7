import type { JsonValue } from '../../core/json'
import { type FieldSpec, readInputSchema } from '../../core/prediction/inputSchema'
import { FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'

/** The engine's options in the form of a model's inputs. */
const SCHEMA = {
  components: {
    schemas: {
      Input: {
        properties: {
          num_outputs: {
            type: 'integer',
            minimum: 1,
            maximum: 4,
            default: 1,
            title: 'Outputs',
            'x-order': 0,
          },
          fill_quality: { enum: [...FILL_QUALITIES], default: 'standard', title: 'Quality', 'x-order': 1 },
          seed: { type: 'integer', title: 'Seed', 'x-order': 2 },
          fill_patch: { enum: PATCH_SIDES.map(String), default: '7', title: 'Patch size', 'x-order': 3 },
        },
      },
    },
  },
}

export const FILL_OPTIONS: readonly FieldSpec[] = readInputSchema(SCHEMA)

/** Reads the options from the run's params; an unknown value counts as left out. */
export function fillSettings(params: Readonly<Record<string, JsonValue>>) {
  return {
    quality: FILL_QUALITIES.find((quality) => quality === params['fill_quality']) ?? 'standard',
    patchSide: PATCH_SIDES.find((side) => String(side) === params['fill_patch']) ?? 7,
  } as const
}
