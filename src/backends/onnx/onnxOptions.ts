import type { FieldSpec } from '../../core/prediction/inputSchema'
import { deviceOptions } from '../deviceOptions'

export const DETAILS = ['both', 'photo', 'model'] as const

export const ONNX_OPTIONS: readonly FieldSpec[] = deviceOptions(2, {
  fill_detail: { enum: [...DETAILS], default: 'both', title: 'Detail' },
})
