/** A range of values with the same room for each doubling. */
export interface LogScale {
  /** More than 0. */
  readonly low: number
  readonly high: number
}

/** Positions of a slider along a LogScale, from one end to the other. */
export const LOG_STEPS = 1000

/** @returns 0..LOG_STEPS */
export function logPosition({ low, high }: LogScale, value: number): number {
  return (Math.log(value / low) / Math.log(high / low)) * LOG_STEPS
}

/**
 * The whole value at a position. A step that would round back to the value before goes on to the next one, so that an
 * arrow key always changes it.
 */
export function logValue(scale: LogScale, position: number, before: number): number {
  const value = Math.round(scale.low * (scale.high / scale.low) ** (position / LOG_STEPS))
  const from = logPosition(scale, before)
  // A browser hands over positions as it rounds them.
  if (value !== before || Math.abs(position - from) < 0.5) return value
  return Math.min(scale.high, Math.max(scale.low, before + (position > from ? 1 : -1)))
}
