import type { JsonValue } from '../../core/json'
import { COLOR_ADAPTATIONS, FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'

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
