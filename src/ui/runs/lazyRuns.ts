import { Spacer } from '../kit/Spacer'
import { laterPart, lazyPart } from '../messages/lazyPart'

export const LazyRunList = lazyPart(async () => (await import('./RunList')).RunList, Spacer)
export const LazyRunAbout = laterPart(async () => (await import('./RunAbout')).RunAbout, Spacer)
export const LazySendInfo = laterPart(async () => (await import('./SendInfo')).SendInfo)
export const LazySweepDialog = laterPart(async () => (await import('./SweepDialog')).SweepDialog)
export const LazyRunning = lazyPart(async () => (await import('./Running')).Running, Spacer)
export const LazyRunEnd = lazyPart(async () => (await import('./Running')).RunEnd)
export const LazyBadField = lazyPart(async () => (await import('./BadField')).BadField)
