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
