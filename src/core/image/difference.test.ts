import fc from 'fast-check'
import { expect, it } from 'vitest'
import { heatMap } from './difference'
import { createRgba } from './raster'

it('equal pictures are black, and more difference is never darker', () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (base, one, two) => {
      const a = createRgba(1, 1)
      const picture = (value: number) => {
        const image = createRgba(1, 1)
        image.data.set([value, value, value, 255])
        return image
      }
      a.data.set([base, base, base, 255])
      const light = (value: number) =>
        heatMap(a, picture(value))
          .data.slice(0, 3)
          .reduce((sum, part) => sum + part, 0)
      expect(light(base)).toBe(0)
      const [near, far] = [one, two].toSorted((p, q) => Math.abs(p - base) - Math.abs(q - base))
      expect(light(near)).toBeLessThanOrEqual(light(far))
    }),
  )
})

it('in fewer pixels, each shows the greatest difference of its square', () => {
  const size = fc.integer({ min: 1, max: 20 })
  const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(3), fc.nat(255)), { maxLength: 12 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 7 }), changes, (width, height, side, list) => {
      const [a, b] = [createRgba(width, height), createRgba(width, height)]
      for (const [at, channel, value] of list) b.data[4 * (at % (width * height)) + channel] = value
      const whole = heatMap(a, b)
      const small = heatMap(a, b, side)
      expect([small.width, small.height]).toEqual([Math.ceil(width / side), Math.ceil(height / side)])
      for (let p = 0; p < small.width * small.height; p++) {
        const [left, top] = [side * (p % small.width), side * Math.floor(p / small.width)]
        for (let c = 0; c < 4; c++) {
          let most = 0
          for (let y = top; y < Math.min(height, top + side); y++)
            for (let x = left; x < Math.min(width, left + side); x++)
              most = Math.max(most, whole.data[4 * (y * width + x) + c])
          expect(small.data[4 * p + c]).toBe(most)
        }
      }
    }),
  )
})
