import type { BackendCapabilities } from '../../core/prediction/backend'

/** In a file of its own: the descriptor loads the implementation, which has the same capabilities. */
export const COG_CAPABILITIES: BackendCapabilities = {
  resume: false,
  offline: false,
  fixedSize: true,
  samplingArea: false,
  guideLines: false,
  pollMs: [500, 2000],
}
