import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGray, type GrayImage } from '../../image/raster'
import { boxBlurs } from './boxBlur'
import { runOnEdgeBlocks } from './edgeBlocks'
import { grow, shrink } from './morphology'
import { Resizer } from './resizer'

/** The mean over a square, rows then columns, without regard to edges. */
function plainBlur({ width, height, data }: GrayImage, radius: number): GrayImage {
  const out = createGray(width, height)
  const blurLine = (from: Uint8Array, to: Uint8Array, at: (i: number) => number, count: number) => {
    const value = (i: number) => from[at(Math.min(count - 1, Math.max(0, i)))]
    let sum = radius
    for (let i = -radius; i < radius; i++) sum += value(i)
    for (let i = 0; i < count; i++) {
      sum += value(i + radius)
      to[at(i)] = Math.floor(sum / (2 * radius + 1))
      sum -= value(i - radius)
    }
  }
  const rows = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) blurLine(data, rows, (x) => y * width + x, width)
  for (let x = 0; x < width; x++) blurLine(rows, out.data, (y) => y * width + x, height)
  return out
}

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
      const whole = plainBlur(input, reach)
      const near = runOnEdgeBlocks(input, reach, (part) => {
        looked += part.data.length
        return boxBlurs(part, [reach])
      })
      total += input.data.length
      expect(Buffer.from(near.data).equals(whole.data)).toBe(true)
    }),
  )
  expect(looked).toBeLessThan(total * 2)
  const plain = createGray(500, 400)
  runOnEdgeBlocks(plain, 8, () => expect.unreachable('a plain image has no edge'))
})

it('box blurs one after the other give the bytes of the plain ones', () => {
  const radii = fc.array(fc.integer({ min: 1, max: 43 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(image, radii, (input, wanted) => {
      const before = Buffer.from(input.data)
      const { data } = boxBlurs(input, wanted)
      const plain = wanted.reduce(plainBlur, input)
      expect(Buffer.from(data).equals(plain.data)).toBe(true)
      expect(before.equals(input.data)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

it('one that grows and shrinks by many radii gives the bytes of each alone', () => {
  const soft = fc.tuple(image, fc.integer({ min: 0, max: 9 }))
  const radii = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(soft, radii, ([hard, radius], wanted) => {
      const input = radius > 0 ? boxBlurs(hard, [radius]) : hard
      const resizer = new Resizer(input, 30)
      for (const by of wanted) {
        const expected = by === 0 ? input : by > 0 ? grow(input, by) : shrink(input, -by)
        expect(Buffer.from(resizer.resized(by).data).equals(expected.data)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})
