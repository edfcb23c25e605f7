import { isSameShape } from '../image/enlargedOutput'
import { DEFAULT_CONTEXT } from '../image/contextLimits'
import type { Size } from '../geometry'
import { planSend, type SendPlan, type SendRequest } from './sendPlan'

/** From here on fine detail is lost. */
export const MAX_ENLARGEMENT = 2.5

/** How often a pixel of the answer is enlarged to fit the photo; below 1 it has more than the photo. */
export function enlargement({ region, size }: SendPlan): number {
  return region.width / size.width
}

/** What brings the enlargement down: less context, a larger size of the same shape, or both. */
export interface Relief {
  /** Percents; null leaves the part as it is. */
  readonly context: number | null
  /** px; null leaves it as it is. */
  readonly size: Size | null
}

/**
 * The least change after which no fine detail is lost; less context is tried first.
 * @param sizes that the model takes
 * @returns null where it is not lost, or nothing helps
 */
export function reliefOf(request: SendRequest, sizes: readonly Size[]): Relief | null {
  const factorAt = (change: Partial<SendRequest>) => enlargement(planSend({ ...request, ...change }))
  const now = factorAt({})
  if (now < MAX_ENLARGEMENT) return null
  const { requested, sent } = request
  const most = sent.kind === 'around' ? sent.context : DEFAULT_CONTEXT
  const around = (context: number, size: Size | null) =>
    factorAt({ sent: { kind: 'around', context }, ...(size ? { requested: size } : {}) })
  const contextFor = (size: Size | null) => {
    for (let context = most; context >= 0; context--) {
      if (around(context, size) < MAX_ENLARGEMENT) return context
    }
    return null
  }
  const context = contextFor(null)
  if (context !== null) return { context, size: null }
  const larger = requested
    ? sizes
        .filter((size) => size.width > requested.width && isSameShape(size, requested))
        .toSorted((a, b) => a.width - b.width)
    : []
  const enough = larger.find((size) => factorAt({ requested: size }) < MAX_ENLARGEMENT)
  if (enough) return { context: null, size: enough }
  const largest = larger.at(-1) ?? null
  const both = contextFor(largest)
  if (largest && both !== null) return { context: both, size: largest }
  return around(0, largest) < now * 0.95 ? { context: 0, size: largest } : null
}
