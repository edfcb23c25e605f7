import { lazyPart } from '../messages/lazyPart'

/** Of the sampling area: painting does not wait for them. */
export const LazyPaintAreaOptions = lazyPart(
  async () => (await import('./PaintAreaOptions')).PaintAreaOptions,
)
export const LazySamplingActions = lazyPart(async () => (await import('./SamplingActions')).SamplingActions)
