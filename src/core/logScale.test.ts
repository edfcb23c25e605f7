import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LOG_STEPS, logPosition, logValue } from './logScale'

const scale = { low: 1, high: 1000 }
const anyValue = fc.integer({ min: scale.low, max: scale.high })

it('a value is found again at its position, and the ends are the range', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (value, before) => {
      expect(logValue(scale, logPosition(scale, value), before)).toBe(value)
    }),
  )
  expect(logPosition(scale, scale.low)).toBe(0)
  expect(logPosition(scale, scale.high)).toBeCloseTo(LOG_STEPS, 9)
})

it('each doubling takes the same room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (value) => {
      const room = logPosition(scale, 2 * value) - logPosition(scale, value)
      expect(room).toBeCloseTo((Math.log(2) / Math.log(1000)) * LOG_STEPS, 6)
    }),
  )
})

it('a step of the arrow keys changes the value in its direction, within the range', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(1, -1), (value, direction) => {
      // As a range input rounds: to whole positions.
      const position = Math.round(logPosition(scale, value)) + direction
      if (position < 0 || position > LOG_STEPS) return
      const next = logValue(scale, position, value)
      expect(next).toBeGreaterThanOrEqual(scale.low)
      expect(next).toBeLessThanOrEqual(scale.high)
      expect((next - value) * direction).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(logValue(scale, 1, 1)).toBe(2)
})
