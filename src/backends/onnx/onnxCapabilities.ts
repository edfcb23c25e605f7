import type { BackendCapabilities } from '../../core/prediction/backend'

/** In a file of its own: the descriptor loads the implementation, which has the same capabilities. */
export const ONNX_CAPABILITIES: BackendCapabilities = {
  resume: false,
  offline: true,
  fixedSize: false,
  samplingArea: false,
  guideLines: false,
  pollMs: [80, 200],
}
