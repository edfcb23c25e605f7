import { Spacer } from '../kit/Spacer'
import { lazyPart } from '../messages/lazyPart'

export const LazyRunList = lazyPart(async () => (await import('./RunList')).RunList, Spacer)
