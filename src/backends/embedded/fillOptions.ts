import type { JsonValue } from '../../core/json'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import { FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'
import { deviceOptions } from '../deviceOptions'

export const FILL_OPTIONS: readonly FieldSpec[] = deviceOptions(
  1,
  { fill_quality: { enum: [...FILL_QUALITIES], default: 'standard', title: 'Quality' } },
  { fill_patch: { enum: PATCH_SIDES.map(String), default: '7', title: 'Patch size' } },
)

/** Reads the options from the run's params; an unknown value counts as left out. */
export function fillSettings(params: Readonly<Record<string, JsonValue>>) {
  return {
    quality: FILL_QUALITIES.find((quality) => quality === params['fill_quality']) ?? 'standard',
    patchSide: PATCH_SIDES.find((side) => String(side) === params['fill_patch']) ?? 7,
  } as const
}
