import { laterPart } from '../messages/lazyPart'

export const LazyGuideActions = laterPart(async () => (await import('./GuideActions')).GuideActions)
