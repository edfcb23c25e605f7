import { laterPart } from '../messages/lazyPart'

export const LazyRegionOutlines = laterPart(async () => (await import('./RegionOutlines')).RegionOutlines)
