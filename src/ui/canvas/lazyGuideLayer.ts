import { lazyPart } from '../messages/lazyPart'

export const LazyGuideLayer = lazyPart(async () => (await import('./GuideLayer')).GuideLayer)
