import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EMPTY_RECT, type Rect, unionRect } from '../geometry'
import { createMask, maskAt, maskBounds, tileRect } from './mask'
import { MaskEdit } from './maskEdit'

const FRAME = { x: -30, y: 17, width: 1100, height: 900 }

const spots = fc.array(
  fc.record({ x: fc.integer({ min: 0, max: 1279 }), y: fc.integer({ min: 0, max: 1023 }) }),
  { maxLength: 12 },
)
const fullTiles = fc.array(fc.nat(19), { maxLength: 3 })

it('the bounds are those of the pixels above 0, whatever tiles they lie in', () => {
  fc.assert(
    fc.property(spots, fullTiles, (pixels, full) => {
      const mask = createMask(FRAME)
      const edit = new MaskEdit(mask)
      // Some lie in tiles, but outside the frame: they do not count.
      for (const { x, y } of pixels) {
        edit.writable((y >> 8) * mask.columns + (x >> 8))[((y & 255) << 8) | (x & 255)] = 1 + ((x + y) % 255)
      }
      for (const index of full) edit.writable(index).fill(255)
      edit.commit()
      let expected: Rect = EMPTY_RECT
      const count = (x: number, y: number) => {
        if (maskAt(mask, x, y) > 0) expected = unionRect(expected, { x, y, width: 1, height: 1 })
      }
      for (const { x, y } of pixels) count(FRAME.x + x, FRAME.y + y)
      for (const index of full) {
        const { x, y, width, height } = tileRect(mask, index)
        const right = Math.min(x + width, FRAME.x + FRAME.width) - 1
        const bottom = Math.min(y + height, FRAME.y + FRAME.height) - 1
        count(x, y)
        count(right, bottom)
      }
      expect(maskBounds(mask)).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})
