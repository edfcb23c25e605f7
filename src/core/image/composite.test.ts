import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pasteBack } from './composite'
import { createGray, createRgba, cropRgba, overlayRgba } from './raster'
import { anyAlpha, noise, side } from './noise.testkit'

describe('pasteBack', () => {
  it('changes no byte where the mask is 0 and takes the result where it is 255', () => {
    fc.assert(
      fc.property(side, side, fc.integer(), fc.boolean(), (width, height, seed, opaque) => {
        const source = noise(width, height, seed, opaque ? undefined : anyAlpha)
        const result = noise(width, height, seed + 7)
        const mask = createGray(width, height)
        for (let i = 0; i < mask.data.length; i++) mask.data[i] = [0, 255, 128][((i * 7 + seed) % 3) | 0] ?? 0
        const out = pasteBack(source, result, mask, { x: 0, y: 0, width, height })
        for (let p = 0; p < mask.data.length; p++) {
          for (let c = 0; c < 4; c++) {
            const i = p * 4 + c
            if (mask.data[p] === 0 && out.data[i] !== source.data[i]) return false
            if (mask.data[p] === 255 && out.data[i] !== result.data[i]) return false
          }
        }
        return true
      }),
    )
  })

  it('mixes between the two, whatever the mask', () => {
    const source = noise(16, 16, 3)
    const result = noise(16, 16, 9)
    const mask = createGray(16, 16)
    for (let i = 0; i < 256; i++) mask.data[i] = i
    const out = pasteBack(source, result, mask, { x: 0, y: 0, width: 16, height: 16 })
    for (let i = 0; i < out.data.length; i++) {
      expect(out.data[i]).toBeGreaterThanOrEqual(Math.min(source.data[i], result.data[i]))
      expect(out.data[i]).toBeLessThanOrEqual(Math.max(source.data[i], result.data[i]))
    }
  })

  it('rounds each mix of two opaque bytes to the nearest', () => {
    const source = createRgba(256, 256)
    const result = createRgba(256, 256)
    const mask = createGray(256, 256)
    for (let p = 0; p < 65536; p++) {
      const a = p & 255
      mask.data[p] = p >> 8
      source.data.set([a, 255 - a, 7, 255], 4 * p)
      result.data.set([255 - a, (a * 31) & 255, a, 255], 4 * p)
    }
    const { data } = pasteBack(source, result, mask, { x: 0, y: 0, width: 256, height: 256 })
    const mixed = data.map((_, i) => {
      const m = mask.data[i >> 2]
      return Math.round((source.data[i] * (255 - m) + result.data[i] * m) / 255)
    })
    expect(Buffer.from(data).equals(Buffer.from(mixed))).toBe(true)
  })

  it('refuses a region outside the picture', () => {
    const image = noise(8, 8, 1)
    expect(() => pasteBack(image, image, createGray(8, 8), { x: 1, y: 0, width: 8, height: 8 })).toThrow(
      RangeError,
    )
  })
})

describe('crops', () => {
  it('put back where they were cut change nothing', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: -20, max: 60 }),
        fc.integer({ min: -20, max: 60 }),
        (w, h, x, y) => {
          const image = noise(40, 30, 5, anyAlpha)
          const crop = cropRgba(image, { x, y, width: w, height: h })
          return Buffer.from(overlayRgba(image, crop, x, y).data).equals(Buffer.from(image.data))
        },
      ),
    )
  })
})
