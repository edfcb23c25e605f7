import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsRect, rectOf } from '../geometry'
import { thumbnailSquare } from './thumbnailSquare'

const picture = { width: 400, height: 300 }
const inside = fc
  .tuple(fc.nat(399), fc.nat(299), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 }))
  .map(([x, y, width, height]) => ({
    x,
    y,
    width: Math.min(width, 400 - x),
    height: Math.min(height, 300 - y),
  }))

describe('the part that a thumbnail shows', () => {
  it('is a square within the picture', () => {
    fc.assert(
      fc.property(inside, (shown) => {
        const square = thumbnailSquare(shown, picture)
        expect(square.width).toBe(square.height)
        expect(containsRect(rectOf(picture), square)).toBe(true)
      }),
    )
  })

  it('holds all of what was changed, if the picture has a square that does', () => {
    fc.assert(
      fc.property(inside, (shown) => {
        fc.pre(Math.max(shown.width, shown.height) <= 300)
        expect(containsRect(thumbnailSquare(shown, picture), shown)).toBe(true)
      }),
    )
  })

  it('follows an output that is larger than the picture', () => {
    const output = { x: -100, y: 0, width: 600, height: 300 }
    expect(thumbnailSquare(output, picture)).toEqual({ x: 50, y: 0, width: 300, height: 300 })
  })
})
