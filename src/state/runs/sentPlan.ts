import type { SentArea } from '../../core/document/sentArea'
import { EMPTY_RECT, type Rect } from '../../core/geometry'
import { type Mask, maskBounds } from '../../core/mask/mask'
import type { FieldSpec, FieldValues } from '../../core/prediction/inputSchema'
import { requestedSize } from '../../core/prediction/modelSize'
import { planSend, type SendPlan } from '../../core/run/sendPlan'
import { sampledRegion } from './sampledRegion'

export interface SentPlanOptions {
  readonly sent: SentArea
  /** What is shown of the picture, px of it. */
  readonly frame: Rect
  /** null where the model takes none: it is given the whole frame, or the chosen part. */
  readonly mask: Mask | null
  /** Where the backend may copy from; null where it may from everywhere. */
  readonly sampling: Mask | null
  readonly fields: readonly FieldSpec[]
  readonly values: FieldValues
  /** True where the model works at the size of its fields `width` and `height`. */
  readonly fixedSize: boolean
  /** Below 1 it is sent smaller than the model would take it. */
  readonly scale: number
}

/**
 * What a run sends of the picture: shown before Run, and sent by it.
 * @param bounds of the mask, px of the picture; empty where there is none
 */
export function sentPlan(options: SentPlanOptions, bounds = boundsOf(options)): SendPlan {
  const { sent, frame, mask, sampling, fields, values, fixedSize, scale } = options
  const requested = fixedSize ? requestedSize(fields, values) : null
  const plan = planSend({ sent, frame, bounds, fixedSize, requested, scale })
  if (!mask || !sampling || fixedSize) return plan
  const region = sampledRegion(mask, sampling, plan.region)
  return { region, size: region }
}

function boundsOf({ mask }: SentPlanOptions): Rect {
  return mask ? maskBounds(mask) : EMPTY_RECT
}
