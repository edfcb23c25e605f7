import { lazyPart } from '../messages/lazyPart'

/** Where a model is run: a picture can be painted on before. */
export const LazyModelFields = lazyPart(async () => (await import('./ModelFields')).ModelFields)
