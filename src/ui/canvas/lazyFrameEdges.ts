import { laterPart } from '../messages/lazyPart'

export const LazyFrameEdges = laterPart(async () => (await import('./FrameEdges')).FrameEdges)
