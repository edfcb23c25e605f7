import { lazyPart } from '../messages/lazyPart'

export const LazyGuideLayer = lazyPart(async () => (await import('./GuideLayer')).GuideLayer)
/** The strokes that are being filled. */
export const LazyRemovalLayer = lazyPart(async () => (await import('./RemovalLayer')).RemovalLayer)
/** Where the picture has changed outside what is kept. */
export const LazyOutsideLayer = lazyPart(async () => (await import('./OutsideLayer')).OutsideLayer)
/** The outline of a shape that is being drawn. */
export const LazyOutlineLayer = lazyPart(async () => (await import('./OutlineLayer')).OutlineLayer)
