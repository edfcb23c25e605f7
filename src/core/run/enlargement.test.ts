import { expect, it } from 'vitest'
import type { SentArea } from '../document/sentArea'
import { enlargement, MAX_ENLARGEMENT, reliefOf } from './enlargement'
import { planSend, type SendRequest } from './sendPlan'

const SIZES = [512, 768, 1024].flatMap((width) => [512, 768, 1024].map((height) => ({ width, height })))

function request(side: number, context: number, requested = 512): SendRequest {
  const sent: SentArea = { kind: 'around', context }
  return {
    sent,
    frame: { x: 0, y: 0, width: 8000, height: 6000 },
    bounds: { x: 3000, y: 2000, width: side, height: side },
    fixedSize: true,
    requested: { width: requested, height: requested },
    scale: 1,
  }
}

const after = (asked: SendRequest) => {
  const relief = reliefOf(asked, SIZES)
  const sent: SentArea = relief?.context == null ? asked.sent : { kind: 'around', context: relief.context }
  return {
    relief,
    factor: enlargement(planSend({ ...asked, sent, requested: relief?.size ?? asked.requested })),
  }
}

it('nothing is offered where no detail is lost', () => {
  expect(reliefOf(request(300, 50), SIZES)).toBeNull()
})

it('less context is tried first, as little less as does', () => {
  const { relief, factor } = after(request(700, 80))
  expect(relief?.size).toBeNull()
  expect(factor).toBeLessThan(MAX_ENLARGEMENT)
  const { context } = relief!
  const more = planSend({ ...request(700, 80), sent: { kind: 'around', context: context! + 1 } })
  expect(enlargement(more)).toBeGreaterThanOrEqual(MAX_ENLARGEMENT)
})

it('then a larger size of the same shape, then both', () => {
  expect(after(request(1500, 0)).relief).toEqual({ context: null, size: { width: 768, height: 768 } })
  const both = after(request(2000, 50))
  expect(both.relief?.size).toEqual({ width: 1024, height: 1024 })
  expect(both.factor).toBeLessThan(MAX_ENLARGEMENT)
})

it('a mask that is too large for any gets as near as can be, once', () => {
  const far = request(3900, 50)
  const { relief, factor } = after(far)
  expect(relief).toEqual({ context: 0, size: { width: 1024, height: 1024 } })
  expect(factor).toBeGreaterThan(MAX_ENLARGEMENT)
  expect(reliefOf(request(3900, 0, 1024), SIZES)).toBeNull()
})
