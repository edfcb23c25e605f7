import { lazyPart } from '../messages/lazyPart'

/** Of shapes and selections: the brush does not wait for them. */
export const LazyCombineOptions = lazyPart(async () => (await import('./CombineOptions')).CombineOptions)
export const LazyWandOptions = lazyPart(async () => (await import('./WandOptions')).WandOptions)
