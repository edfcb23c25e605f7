import type { ModelFields } from '../../core/prediction/backend'
import type { PredictionInput } from '../../core/prediction/prediction'
import { KIND_COUNT } from '../../engine/fillEngine'

/** Max outputs of a run. */
export const MAX_OUTPUTS = 4

/**
 * The seeds of a run's outputs: output k uses the given one + k. Without one a seed is drawn whose first output is of
 * the kind that the engine trusts most.
 */
export function outputSeeds({ params }: PredictionInput, fields: ModelFields): number[] {
  const asked = fields.seed ? params[fields.seed] : null
  const first = typeof asked === 'number' ? asked : drawnSeed()
  const count = fields.count ? params[fields.count] : null
  const outputs = typeof count === 'number' ? Math.min(MAX_OUTPUTS, Math.max(1, Math.round(count))) : 1
  return Array.from({ length: outputs }, (_, k) => first + k)
}

function drawnSeed(): number {
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] >>> 1
  return drawn - (drawn % KIND_COUNT)
}
