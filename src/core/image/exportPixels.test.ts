import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportPixels, exportSize } from './exportPixels'
import { cropRgba, type RgbaImage } from './raster'
import { resampleRgba } from './resample'
import { scaleDown } from './scaleDown'

function picture(width: number, height: number, seed = 1, alpha = false): RgbaImage {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 && !alpha ? 255 : ((i + seed) * 7919) % 256,
  )
  return { width, height, data }
}

const side = fc.integer({ min: 1, max: 40 })

describe('an export’s pixels', () => {
  it('are the picture’s own at full scale', () => {
    const image = picture(9, 7, 1, true)
    expect(exportPixels({ kind: 'whole', image }, image)).toBe(image)
  })

  it('scaled down are the mean of what each covers, as the resampler has it', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.boolean(),
        (width, height, by, alpha) => {
          const image = picture(width, height, 3, alpha)
          const size = exportSize('whole', image, by)
          const small = scaleDown(image, size.width, size.height)
          const expected = resampleRgba(image, size.width, size.height)
          small.data.forEach((value, i) => {
            // Colour under almost no alpha is rounding.
            if (expected.data[i | 3] > 8) expect(Math.abs(value - expected.data[i])).toBeLessThanOrEqual(1)
          })
        },
      ),
    )
  })

  it('of an output alone are its own under the mask, and nothing around it', () => {
    const image = picture(6, 5, 1, true)
    const coverage = {
      width: 6,
      height: 5,
      data: Uint8Array.from({ length: 30 }, (_, i) => [0, 128, 255][i % 3]),
    }
    const { data } = exportPixels({ kind: 'alone', image, coverage }, image)
    for (let p = 0; p < 30; p++) {
      expect([...data.subarray(p * 4, p * 4 + 3)]).toEqual([...image.data.subarray(p * 4, p * 4 + 3)])
      expect(data[p * 4 + 3]).toBe(Math.round((image.data[p * 4 + 3] * coverage.data[p]) / 255))
    }
    expect(image.data).toEqual(picture(6, 5, 1, true).data)
  })

  it('of before and after are both at full size, with a clear gap between them', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const before = picture(width, height, 1)
        const after = picture(width, height, 5)
        const size = exportSize('beforeAfter', before, 1)
        const both = exportPixels({ kind: 'beforeAfter', before, after }, size)
        const part = (x: number, w: number) => cropRgba(both, { x, y: 0, width: w, height })
        expect(part(0, width)).toEqual(before)
        expect(part(size.width - width, width)).toEqual(after)
        const gap = size.width - 2 * width
        expect(gap).toBeGreaterThanOrEqual(2)
        expect(part(width, gap).data.every((value) => value === 0)).toBe(true)
      }),
    )
  })

  it('of before and after stay within what a browser encodes', () => {
    const { width, height } = exportSize('beforeAfter', { width: 12_000, height: 8000 }, 1)
    expect(width).toBeLessThanOrEqual(16_384)
    expect(width * height).toBeLessThanOrEqual(64 * 2 ** 20 * 1.001)
    expect(width / height).toBeCloseTo((24_000 + 188) / 8000, 2)
  })
})
