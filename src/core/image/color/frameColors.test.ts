import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRgba, type RgbaImage } from '../raster'
import { toDisplayP3 } from './convertColors'
import { DISPLAY_P3 } from './displayP3.testkit'
import { FrameColors } from './frameColors'

const WIDTH = 40
const HEIGHT = 60

function noise(seed: number): RgbaImage {
  const image = createRgba(WIDTH, HEIGHT, DISPLAY_P3)
  for (let i = 0; i < image.data.length; i++) image.data[i] = Math.imul(i + seed, 2654435761) >>> 24
  return image
}

it('frames look as if each were converted alone, and only pixels that changed are converted', () => {
  const change = fc.record({
    seed: fc.nat(),
    from: fc.nat(WIDTH * HEIGHT - 1),
    count: fc.nat(WIDTH * HEIGHT),
    moved: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const colors = new FrameColors()
      let frame = noise(1)
      let x = 0
      let isFirst = true
      for (const { seed, from, count, moved } of [{ seed: 1, from: 0, count: 0, moved: 1 }, ...changes]) {
        const next = { ...frame, data: frame.data.slice() }
        const fresh = noise(seed).data
        const end = Math.min(fresh.length, (from + count) * 4)
        if (from * 4 < end) next.data.set(fresh.subarray(from * 4, end), from * 4)
        const before = new Uint32Array(frame.data.buffer)
        const differing = new Uint32Array(next.data.buffer).filter((value, i) => value !== before[i]).length
        // Elsewhere nothing is known.
        const isMoved = moved === 0
        if (isMoved) x++
        const at = { x, y: 0, width: WIDTH, height: HEIGHT }
        let converted = 0
        const shown = colors.shown(next, at, (image) => {
          converted += image.width * image.height
          return toDisplayP3(image)
        })
        expect(Buffer.compare(Buffer.from(shown.data), Buffer.from(toDisplayP3(next).data))).toBe(0)
        if (isFirst || isMoved) expect(converted).toBe(WIDTH * HEIGHT)
        else expect(converted).toBeLessThan(2 * differing + 1024)
        if (!isFirst && !isMoved && differing === 0) expect(converted).toBe(0)
        frame = next
        isFirst = false
      }
    }),
    { numRuns: 60 },
  )
})
