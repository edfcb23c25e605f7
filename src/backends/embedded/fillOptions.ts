import type { JsonValue } from '../../core/json'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import { COLOR_ADAPTATIONS, FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'
import { deviceOptions } from '../deviceOptions'

export const FILL_OPTIONS: readonly FieldSpec[] = deviceOptions(
  1,
  { fill_quality: { enum: [...FILL_QUALITIES], default: 'standard', title: 'Quality' } },
  {
    fill_patch: { enum: PATCH_SIDES.map(String), default: '7', title: 'Patch size' },
    fill_color: { enum: [...COLOR_ADAPTATIONS], default: 'default', title: 'Colour' },
    fill_mirror: { type: 'boolean', default: false, title: 'Mirror' },
    fill_rotate: { type: 'boolean', default: false, title: 'Rotate' },
    fill_scale: { type: 'boolean', default: false, title: 'Scale' },
  },
)
/** The last of them, which few runs need. */
export const FOLDED_OPTIONS = 5

/** Reads the options from the run's params; an unknown value counts as left out. */
export function fillSettings(params: Readonly<Record<string, JsonValue>>) {
  return {
    quality: FILL_QUALITIES.find((quality) => quality === params['fill_quality']) ?? 'standard',
    patchSide: PATCH_SIDES.find((side) => String(side) === params['fill_patch']) ?? 7,
    adaptation: {
      color: COLOR_ADAPTATIONS.find((color) => color === params['fill_color']) ?? 'default',
      mirror: params['fill_mirror'] === true,
      rotate: params['fill_rotate'] === true,
      scale: params['fill_scale'] === true,
    },
  } as const
}
