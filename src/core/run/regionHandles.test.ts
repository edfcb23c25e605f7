import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsRect } from '../geometry'
import { type RegionHandle, SCALE_HANDLES } from '../rectHandles'
import { draggedRegion, snappedWidth } from './regionHandles'

const FRAME = { x: 100, y: 50, width: 1200, height: 900 }
const region = fc
  .record({ x: fc.nat(900), y: fc.nat(700), width: fc.nat(300), height: fc.nat(200) })
  .map(({ x, y, width, height }) => ({
    x: FRAME.x + Math.min(x, 1180 - width),
    y: FRAME.y + Math.min(y, 880 - height),
    width: width + 20,
    height: height + 20,
  }))
const by = fc.integer({ min: -3000, max: 3000 })

describe('a part that is dragged', () => {
  it('stays in the picture in whole pixels; what is across from the handle stays where it is', () => {
    fc.assert(
      fc.property(
        region,
        fc.constantFrom<RegionHandle>('move', ...SCALE_HANDLES),
        by,
        by,
        fc.boolean(),
        (from, handle, dx, dy, keepsShape) => {
          const to = draggedRegion(from, { handle, dx, dy, keepsShape }, FRAME)
          expect([to.x, to.y, to.width, to.height].every(Number.isInteger)).toBe(true)
          expect(containsRect(FRAME, to)).toBe(true)
          if (handle === 'move') expect([to.width, to.height]).toEqual([from.width, from.height])
          if (handle.includes('w')) expect(to.x + to.width).toBe(from.x + from.width)
          if (handle.includes('n') && handle !== 'move') expect(to.y + to.height).toBe(from.y + from.height)
          if (handle === 'e' || handle === 'w') expect([to.y, to.height]).toEqual([from.y, from.height])
        },
      ),
    )
  })

  it('by a corner keeps its shape where that is asked for', () => {
    fc.assert(
      fc.property(region, fc.constantFrom('nw', 'ne', 'se', 'sw'), by, by, (from, handle, dx, dy) => {
        const to = draggedRegion(from, { handle, dx, dy, keepsShape: true }, FRAME)
        expect(Math.abs(to.width * from.height - to.height * from.width)).toBeLessThanOrEqual(
          from.width + from.height,
        )
      }),
    )
  })
})

it('a width near one, two or half a pixel of the photo for one that is sent becomes that', () => {
  const size = { width: 512, height: 512 }
  expect([250, 262, 508, 519, 1021].map((width) => snappedWidth(width, size, 6))).toEqual([
    256, 256, 512, 519, 1024,
  ])
})
