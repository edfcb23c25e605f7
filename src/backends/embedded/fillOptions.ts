import type { FieldSpec } from '../../core/prediction/inputSchema'
import { COLOR_ADAPTATIONS, FILL_QUALITIES, PATCH_SIDES } from '../../engine/fillEngine'
import { deviceOptions } from '../deviceOptions'

const off = { type: 'boolean', default: false }

export const FILL_OPTIONS: readonly FieldSpec[] = deviceOptions(
  1,
  { fill_quality: { enum: [...FILL_QUALITIES], default: 'standard', title: 'Quality' } },
  {
    fill_patch: { enum: PATCH_SIDES.map(String), default: '7', title: 'Patch size' },
    fill_color: { enum: [...COLOR_ADAPTATIONS], default: 'default' },
    fill_mirror: off,
    fill_rotate: off,
    fill_scale: off,
  },
)
/** The last of them, which few runs need. */
export const FOLDED_OPTIONS = 5
