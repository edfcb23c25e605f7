import { lazyPart } from '../messages/lazyPart'

export const LazyRevealLayer = lazyPart(async () => (await import('./RevealLayer')).RevealLayer)
