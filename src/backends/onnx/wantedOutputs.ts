import type { JsonValue } from '../../core/json'
import { DETAILS } from './onnxOptions'

/** One output of a run. */
export interface WantedOutput {
  /** Which of the model's answers it is made of. */
  readonly variant: number
  /** The photo's own pixels, in the shapes that the model gives. */
  readonly isHybrid: boolean
}

/**
 * What a run makes: with `both`, of each answer of the model first one with the photo's detail, then the model's own.
 * Where the model sees the picture at its full size there is no more detail to gain, and each is the model's own.
 * @param isReduced the model sees the picture smaller than it is
 */
export function wantedOutputs(
  count: number,
  params: Readonly<Record<string, JsonValue>>,
  isReduced: boolean,
): WantedOutput[] {
  const detail = DETAILS.find((one) => one === params['fill_detail']) ?? 'both'
  return Array.from({ length: count }, (_, k) => {
    if (detail === 'both' && isReduced) return { variant: k >> 1, isHybrid: k % 2 === 0 }
    return { variant: k, isHybrid: detail === 'photo' }
  })
}
