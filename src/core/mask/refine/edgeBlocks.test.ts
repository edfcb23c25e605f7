import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGray, type GrayImage } from '../../image/raster'
import { boxBlur } from './boxBlur'
import { runOnEdgeBlocks } from './edgeBlocks'

/** Large uniform areas with a few rectangles of any value. */
const image: fc.Arbitrary<GrayImage> = fc
  .record({
    width: fc.integer({ min: 1, max: 500 }),
    height: fc.integer({ min: 1, max: 400 }),
    ground: fc.constantFrom(0, 255),
    parts: fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 499 }),
        y: fc.integer({ min: 0, max: 399 }),
        side: fc.integer({ min: 1, max: 250 }),
        value: fc.oneof(fc.constantFrom(0, 255), fc.integer({ min: 1, max: 254 })),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ width, height, ground, parts }) => {
    const out = createGray(width, height)
    out.data.fill(ground)
    for (const { x, y, side, value } of parts) {
      for (let row = y; row < Math.min(height, y + side); row++) {
        if (x < width) out.data.fill(value, row * width + x, row * width + Math.min(width, x + side))
      }
    }
    return out
  })

it('gives the bytes of the whole operation, and looks at less', () => {
  let looked = 0
  let total = 0
  fc.assert(
    fc.property(image, fc.integer({ min: 1, max: 70 }), (input, reach) => {
      const whole = boxBlur(input, reach)
      const near = runOnEdgeBlocks(input, reach, (part) => {
        looked += part.data.length
        return boxBlur(part, reach)
      })
      total += input.data.length
      expect(Buffer.from(near.data).equals(whole.data)).toBe(true)
    }),
  )
  expect(looked).toBeLessThan(total * 2)
  const plain = createGray(500, 400)
  runOnEdgeBlocks(plain, 8, () => expect.unreachable('a plain image has no edge'))
})
