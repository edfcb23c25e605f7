import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containsPoint, intersectRect, isEmptyRect } from '../geometry'
import { holeParts } from './holeParts'
import { createGray } from './raster'

const spot = fc.record({
  x: fc.integer({ min: 0, max: 1999 }),
  y: fc.integer({ min: 0, max: 1499 }),
  side: fc.integer({ min: 1, max: 60 }),
})

it('every masked pixel lies in one part and no other, whatever the holes', () => {
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 8 }), (spots) => {
      const mask = createGray(2000, 1500)
      for (const { x, y, side } of spots)
        for (let j = y; j < Math.min(1500, y + side); j++)
          mask.data.fill(255, j * 2000 + x, j * 2000 + Math.min(2000, x + side))
      const parts = holeParts(mask)
      for (let p = 0; p < mask.data.length; p++) {
        if (!mask.data[p]) continue
        const point = { x: p % 2000, y: Math.floor(p / 2000) }
        if (parts.filter((part) => containsPoint(part, point)).length !== 1) return false
      }
      return true
    }),
    { numRuns: 25 },
  )
})

it('holes far apart are filled apart, near ones together; what saves little stays whole', () => {
  const mask = createGray(3000, 1000)
  const hole = (x: number, y: number) => {
    for (let j = y; j < y + 40; j++) mask.data.fill(255, j * 3000 + x, j * 3000 + x + 40)
  }
  hole(100, 100)
  hole(2800, 800)
  expect(holeParts(mask)).toHaveLength(2)
  hole(180, 100)
  const parts = holeParts(mask)
  expect(parts).toHaveLength(2)
  expect(isEmptyRect(intersectRect(parts[0], parts[1]))).toBe(true)
  for (let x = 300; x < 2700; x += 150) hole(x, 450)
  expect(holeParts(mask)).toHaveLength(1)
  expect(holeParts(createGray(300, 200))).toEqual([{ x: 0, y: 0, width: 300, height: 200 }])
})
