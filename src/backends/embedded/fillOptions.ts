import type { JsonValue } from '../../core/json'
import { type FieldSpec, readInputSchema } from '../../core/prediction/inputSchema'
import { FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'

/** The engine's own inputs, as any backend describes its. */
const SCHEMA = {
  components: {
    schemas: {
      Input: {
        properties: {
          fill_quality: { enum: [...FILL_QUALITIES], default: 'standard', title: 'Quality', 'x-order': 0 },
          fill_patch: { enum: PATCH_SIDES.map(String), default: '7', title: 'Patch size', 'x-order': 1 },
        },
      },
    },
  },
}

export const FILL_OPTIONS: readonly FieldSpec[] = readInputSchema(SCHEMA)

/** What the options ask for; what is none of them is as it is without. */
export function fillSettings(params: Readonly<Record<string, JsonValue>>) {
  return {
    quality: FILL_QUALITIES.find((quality) => quality === params['fill_quality']) ?? 'standard',
    patchSide: PATCH_SIDES.find((side) => String(side) === params['fill_patch']) ?? 7,
  } as const
}
