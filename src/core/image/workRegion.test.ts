import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsRect, intersectRect } from '../geometry'
import { surroundings, workRegion } from './workRegion'

describe('work regions', () => {
  const box = fc.record({
    x: fc.nat(2000),
    y: fc.nat(1500),
    width: fc.integer({ min: 1, max: 900 }),
    height: fc.integer({ min: 1, max: 900 }),
  })
  const picture = fc.record({
    width: fc.integer({ min: 40, max: 4000 }),
    height: fc.integer({ min: 40, max: 4000 }),
  })
  const model = fc.record({
    width: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
    height: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
  })

  it("hold the mask and have the model's shape to a pixel", () => {
    fc.assert(
      fc.property(box, picture, model, (raw, size, target) => {
        const bounds = intersectRect(raw, { x: 0, y: 0, ...size })
        fc.pre(bounds.width > 0)
        const region = workRegion(bounds, size, target)
        expect(containsRect(region, bounds)).toBe(true)
        const height = (region.width * target.height) / target.width
        const width = (region.height * target.width) / target.height
        expect(
          Math.min(Math.abs(region.height - height), Math.abs(region.width - width)),
        ).toBeLessThanOrEqual(1)
        expect(Number.isInteger(region.x + region.y + region.width + region.height)).toBe(true)
      }),
    )
  })

  it('stay inside the picture unless the picture is smaller', () => {
    const region = workRegion(
      { x: 3900, y: 2900, width: 90, height: 90 },
      { width: 4000, height: 3000 },
      { width: 768, height: 576 },
    )
    expect(containsRect({ x: 0, y: 0, width: 4000, height: 3000 }, region)).toBe(true)
    expect(region.width).toBe(768)
    expect(region.height).toBe(576)
  })

  it('are the whole picture when it is no larger than the model', () => {
    const region = workRegion(
      { x: 10, y: 10, width: 20, height: 20 },
      { width: 600, height: 400 },
      { width: 768, height: 512 },
    )
    expect(region).toEqual({ x: 0, y: 0, width: 600, height: 400 })
  })

  it('take the surroundings of a hole, inside the picture', () => {
    expect(surroundings({ x: 500, y: 500, width: 100, height: 40 }, { width: 2000, height: 2000 })).toEqual({
      x: 425,
      y: 425,
      width: 250,
      height: 190,
    })
  })
})
