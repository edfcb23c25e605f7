import { expect, it } from 'vitest'
import fc from 'fast-check'
import { createGray, createRgba } from '../../../core/image/raster'
import { Random } from '../../random'
import { baseLevel } from '../holePixels'
import { Tensors } from './edges'
import { fitPolynomial, fitPolynomials } from './leastSquares'

/** More pixels than tensors are kept, so that they take each other's places. */
const [WIDTH, HEIGHT] = [230, 170]

function scene(seed: number) {
  const random = new Random(seed)
  const image = createRgba(WIDTH, HEIGHT)
  for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : random.below(256)
  const mask = createGray(WIDTH, HEIGHT)
  const left = random.below(WIDTH - 40)
  for (let y = 60; y < 90; y++) mask.data.fill(255, y * WIDTH + left, y * WIDTH + left + 40)
  return { level: baseLevel(image, mask.data), random }
}

it('what is kept of the tensors is what would be computed anew', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const { level, random } = scene(seed)
      const kept = new Tensors(level)
      for (let k = 0; k < 60; k++) {
        // Some of them again, some on whole pixels, some beside the picture.
        const [x, y] = [random.below(WIDTH * 4) / 4 - 1, random.below(HEIGHT * 4) / 4 - 1]
        const normal = { x: 0.6, y: random.below(2) === 0 ? 0.8 : -0.8 }
        for (const [i, j] of [
          [x, y],
          [x + 0.25, y],
          [x, Math.floor(y)],
        ] as const)
          expect(kept.changeAlong(i, j, normal)).toBe(new Tensors(level).changeAlong(i, j, normal))
        const p = random.below(WIDTH * HEIGHT)
        expect(kept.edgeAt(p, 2)).toEqual(new Tensors(level).edgeAt(p, 2))
      }
    }),
    { numRuns: 6 },
  )
})

it('a ramp changes by its slope, across it alone, and not where it is not known', () => {
  const image = createRgba(40, 40)
  for (let p = 0; p < 1600; p++) image.data.set([2 * (p % 40), 0, 0, 255], p * 4)
  const mask = createGray(40, 40)
  mask.data[20 * 40 + 20] = 255
  const tensors = new Tensors(baseLevel(image, mask.data))
  expect(tensors.changeAlong(10, 10, { x: 1, y: 0 })).toBeCloseTo(2, 9)
  expect(tensors.changeAlong(10.5, 10.25, { x: 1, y: 0 })).toBeCloseTo(2, 9)
  expect(tensors.changeAlong(10, 10, { x: 0, y: 1 })).toBeCloseTo(0, 9)
  expect(tensors.changeAlong(18.5, 20, { x: 1, y: 0 })).toBe(-1)
  expect(tensors.changeAlong(18, 20, { x: 1, y: 0 })).toBeCloseTo(2, 9)
  expect(tensors.edgeAt(10 * 40 + 10, 2)?.along.x).toBeCloseTo(0, 9)
})

it('fits of several degrees at once are those of each alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -9, max: 9 })), {
        minLength: 1,
        maxLength: 30,
      }),
      (points) => {
        const ts = points.map(([t]) => t / 20)
        const vs = points.map(([, v]) => v)
        const fits = fitPolynomials(ts, vs, [1, 2, 4])
        expect(fits).toEqual([1, 2, 4].map((degree) => fitPolynomial(ts, vs, degree)))
      },
    ),
  )
})
