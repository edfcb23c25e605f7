import { laterPart } from '../messages/lazyPart'

export const LazySendFrame = laterPart(async () => (await import('./SendFrame')).SendFrame)
