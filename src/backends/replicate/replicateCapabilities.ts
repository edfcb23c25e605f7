import type { BackendCapabilities } from '../../core/prediction/backend'

/** In a file of its own: the descriptor loads the implementation, which has the same capabilities. */
export const REPLICATE_CAPABILITIES: BackendCapabilities = {
  resume: true,
  offline: false,
  fixedSize: true,
  samplingArea: false,
  guideLines: false,
  pollMs: [500, 5000],
}
