import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containsRect, rectOf } from '../geometry'
import { isSameShape, placeEnlarged } from './enlargedOutput'

const side = fc.integer({ min: 1, max: 4000 })
const size = fc.record({ width: side, height: side })

it('an enlarged picture covers the one it was made from, and one of its sides is the picture’s', () => {
  fc.assert(
    fc.property(size, size, (output, picture) => {
      const place = placeEnlarged(output, rectOf(picture))
      expect(containsRect(place, rectOf(picture))).toBe(true)
      expect(place.width === picture.width || place.height === picture.height).toBe(true)
    }),
  )
})

it('a picture that grew to the sides keeps its scale', () => {
  expect(placeEnlarged({ width: 768, height: 512 }, rectOf({ width: 512, height: 512 }))).toEqual({
    x: -128,
    y: 0,
    width: 768,
    height: 512,
  })
  // What was sent of a frame that reaches beyond the picture begins at a corner of its own.
  const sent = { x: -100, y: 40, width: 512, height: 512 }
  expect(placeEnlarged({ width: 768, height: 512 }, sent)).toMatchObject({ x: -228, y: 40 })
  expect(isSameShape({ width: 768, height: 512 }, { width: 512, height: 512 })).toBe(false)
  expect(isSameShape({ width: 1024, height: 1020 }, { width: 512, height: 512 })).toBe(true)
})
