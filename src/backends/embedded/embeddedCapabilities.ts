import type { BackendCapabilities } from '../../core/prediction/backend'

/** In a file of its own: the descriptor loads the implementation, which has the same capabilities. */
export const EMBEDDED_CAPABILITIES: BackendCapabilities = {
  resume: false,
  offline: true,
  fixedSize: false,
  samplingArea: true,
  guideLines: true,
  pollMs: [60, 120],
}
