import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SENT, type SentArea } from '../document/sentArea'
import { containsRect, EMPTY_RECT, type Rect, rectOf } from '../geometry'
import { DEFAULT_CONTEXT, MAX_CONTEXT } from '../image/contextLimits'
import { maskInside, planSend, type SendRequest } from './sendPlan'

const FRAME = { x: 40, y: -20, width: 3000, height: 2000 }

const part = fc.record({
  x: fc.integer({ min: -4000, max: 5000 }),
  y: fc.integer({ min: -4000, max: 5000 }),
  width: fc.integer({ min: 1, max: 6000 }),
  height: fc.integer({ min: 1, max: 6000 }),
})
const hole = fc
  .record({ x: fc.nat(2700), y: fc.nat(1700), width: fc.nat(299), height: fc.nat(299) })
  .map(({ x, y, width, height }) => ({
    x: FRAME.x + x,
    y: FRAME.y + y,
    width: width + 1,
    height: height + 1,
  }))
const model = fc.record({
  width: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
  height: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
})

function planOf(change: Partial<SendRequest>) {
  return planSend({
    sent: DEFAULT_SENT,
    frame: FRAME,
    bounds: { x: 500, y: 500, width: 200, height: 100 },
    fixedSize: true,
    requested: { width: 768, height: 512 },
    scale: 1,
    ...change,
  })
}

const isWholePx = (rect: Rect) => [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger)

describe('what is sent', () => {
  it('holds the mask at every context, and grows with it up to the whole picture', () => {
    fc.assert(
      fc.property(hole, fc.option(model), fc.boolean(), (bounds, requested, fixedSize) => {
        let before = 0
        for (let context = 0; context <= MAX_CONTEXT; context += 10) {
          const request = { sent: { kind: 'around', context } as const, bounds }
          const { region } = planOf({ ...request, requested, fixedSize })
          expect(containsRect(region, bounds)).toBe(true)
          expect(isWholePx(region)).toBe(true)
          if (context === MAX_CONTEXT) expect(containsRect(region, FRAME)).toBe(true)
          if (requested) {
            expect(region.width * region.height).toBeGreaterThanOrEqual(before)
            before = region.width * region.height
          } else {
            // Sizes in steps of 32 px make the shape of what is sent jump, and with it its area: not what it must show.
            const least = planOf({ ...request, requested, fixedSize: false }).region
            expect(containsRect(region, least)).toBe(true)
            expect(least.width * least.height).toBeGreaterThanOrEqual(before)
            before = least.width * least.height
          }
        }
      }),
    )
  })

  it('with the mask only is little more than it, brought to the model’s shape', () => {
    const { region } = planOf({ sent: { kind: 'around', context: 0 } })
    expect(region).toEqual({ x: 490, y: 477, width: 220, height: 147 })
  })

  it('has the model’s shape to a pixel wherever the part was chosen, and as much of it as there is room for', () => {
    fc.assert(
      fc.property(part, model, (rect, requested) => {
        const { region, size } = planOf({ sent: { kind: 'rect', rect }, requested })
        expect(size).toEqual(requested)
        expect(isWholePx(region)).toBe(true)
        const height = (region.width * requested.height) / requested.width
        const width = (region.height * requested.width) / requested.height
        expect(
          Math.min(Math.abs(region.height - height), Math.abs(region.width - width)),
        ).toBeLessThanOrEqual(1)
        // It shows something of the picture, and reaches beyond it only where the picture has no such shape.
        const isInside = containsRect(FRAME, region)
        const fills = region.width >= FRAME.width || region.height >= FRAME.height
        expect(isInside || fills).toBe(true)
      }),
    )
  })

  it('is the chosen part itself where the backend takes any size', () => {
    const rect = { x: 300, y: 200, width: 333, height: 77 }
    expect(planOf({ sent: { kind: 'rect', rect }, fixedSize: false })).toEqual({
      region: rect,
      size: { width: 333, height: 77 },
    })
    const off = planOf({ sent: { kind: 'rect', rect: { ...rect, x: -9000 } }, fixedSize: false })
    expect(off.region).toEqual({ ...rect, x: FRAME.x })
  })

  it('is the same part once it is chosen again', () => {
    fc.assert(
      fc.property(part, model, (rect, requested) => {
        const { region } = planOf({ sent: { kind: 'rect', rect }, requested })
        fc.pre(containsRect(FRAME, region))
        const again: SentArea = { kind: 'rect', rect: region }
        const { region: next } = planOf({ sent: again, requested })
        expect(Math.abs(next.width - region.width)).toBeLessThanOrEqual(1)
        expect(Math.abs(next.x - region.x)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is the whole frame for a model without a mask', () => {
    expect(planOf({ bounds: EMPTY_RECT, fixedSize: false }).region).toEqual(FRAME)
    expect(containsRect(planOf({ bounds: EMPTY_RECT }).region, FRAME)).toBe(true)
  })

  it('says how much of the mask it holds', () => {
    const plan = { region: { x: 0, y: 0, width: 100, height: 100 }, size: rectOf({ width: 9, height: 9 }) }
    expect(maskInside({ x: 10, y: 10, width: 90, height: 90 }, plan)).toBe('all')
    expect(maskInside({ x: 10, y: 10, width: 91, height: 90 }, plan)).toBe('part')
    expect(maskInside({ x: 100, y: 10, width: 5, height: 5 }, plan)).toBe('none')
  })

  it('at the usual context is what pictures have always been sent with', () => {
    expect(DEFAULT_SENT).toEqual({ kind: 'around', context: DEFAULT_CONTEXT })
    expect(planOf({ bounds: { x: 2940, y: 1880, width: 90, height: 90 } })).toEqual({
      region: { x: 2272, y: 1468, width: 768, height: 512 },
      size: { width: 768, height: 512 },
    })
  })
})
