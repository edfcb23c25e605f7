import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGray, createRgba, cropRgba, type RgbaImage } from './raster'
import { coverRgba, resampleArea, resampleGray, resampleRgba } from './resample'
import { side } from './noise.testkit'

/** An opaque grey picture. */
function drawn(width: number, height: number, toneAt: (x: number, y: number) => number): RgbaImage {
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) {
    const tone = toneAt(p % width, Math.floor(p / width))
    image.data.set([tone, tone, tone, 255], p * 4)
  }
  return image
}

function toneRange({ data }: RgbaImage): [number, number] {
  let low = 255
  let high = 0
  for (let i = 0; i < data.length; i += 4) {
    low = Math.min(low, data[i])
    high = Math.max(high, data[i])
  }
  return [low, high]
}

describe('enlarging', () => {
  it.each([
    ['an edge', (x: number) => (x < 20 ? 70 : 180)],
    ['a corner', (x: number, y: number) => (x < 20 && y < 13 ? 70 : 180)],
    ['lines of a pixel', (x: number) => (x % 7 === 3 ? 180 : 70)],
    ['a chequerboard', (x: number, y: number) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 70 : 180)],
  ])('rings beyond flat tones of 70 and 180 by 2 levels at most, beside %s', (_, toneAt) => {
    for (const factor of [1.1, 1.5, 2, 3.7]) {
      const image = drawn(40, 30, toneAt)
      const [low, high] = toneRange(resampleRgba(image, Math.round(40 * factor), Math.round(30 * factor)))
      expect(low).toBeGreaterThanOrEqual(68)
      expect(high).toBeLessThanOrEqual(182)
    }
  })

  it('follows a fine wave more closely than cubic weights did', () => {
    const wave = (x: number) => 128 + 80 * Math.sin((2 * Math.PI * (x + 0.5)) / 3)
    const big = resampleRgba(
      drawn(60, 4, (x) => wave(x)),
      180,
      12,
    )
    let sum = 0
    for (let x = 30; x < 150; x++) sum += Math.abs(big.data[(5 * 180 + x) * 4] - wave((x + 0.5) / 3 - 0.5))
    // Catmull-Rom weights are off by 9.4 levels here.
    expect(sum / 120).toBeLessThan(5)
  })
})

describe('shrinking', () => {
  it('gives the mean of the pixels that an output pixel covers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (fx, fy, seed) => {
          const image = drawn(6 * fx, 5 * fy, (x, y) => (x * 37 + y * 91 + seed) % 256)
          const small = resampleRgba(image, 6, 5)
          let sum = 0
          for (let y = 0; y < fy; y++)
            for (let x = 0; x < fx; x++) sum += image.data[((2 * fy + y) * image.width + 3 * fx + x) * 4]
          expect(Math.abs(small.data[(2 * 6 + 3) * 4] - sum / fx / fy)).toBeLessThanOrEqual(0.51)
        },
      ),
    )
  })

  it('leaves the colours of transparent pixels out', () => {
    const image = createRgba(4, 4)
    for (let p = 0; p < 16; p++) image.data.set(p % 2 === 0 ? [200, 100, 50, 255] : [0, 255, 0, 0], p * 4)
    const { data } = resampleRgba(image, 2, 2)
    expect([...data.subarray(0, 4)]).toEqual([200, 100, 50, 128])
  })
})

it('a part at whole pixels and its own size is a crop, and one that reaches out repeats the edge', () => {
  const image = drawn(30, 20, (x, y) => (x * 53 + y * 29) % 256)
  for (const area of [
    { x: 3, y: 4, width: 12, height: 9 },
    { x: -5, y: -2, width: 40, height: 30 },
  ]) {
    const part = resampleArea(image, area, area.width, area.height)
    expect(Buffer.from(part.data).equals(Buffer.from(cropRgba(image, area).data))).toBe(true)
  }
})

describe('resampling', () => {
  it('keeps a constant constant and the same size the same', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), (w, h, toW, toH, value) => {
        const image = createRgba(w, h)
        image.data.fill(value)
        for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255
        const out = resampleRgba(image, toW, toH)
        for (let i = 0; i < out.data.length; i++) {
          if (Math.abs(out.data[i] - (i % 4 === 3 ? 255 : value)) > 1) return false
        }
        return resampleRgba(image, w, h) === image
      }),
      { numRuns: 40 },
    )
  })

  it('keeps a mask of 0 and 255 at 0 and 255 away from edges', () => {
    const mask = createGray(80, 60)
    for (let y = 20; y < 40; y++) mask.data.fill(255, y * 80 + 20, y * 80 + 60)
    const small = resampleGray(mask, 40, 30)
    expect(small.data[15 * 40 + 20]).toBe(255)
    expect(small.data[2 * 40 + 2]).toBe(0)
  })

  it('covers a region without changing the shape', () => {
    const disc = createRgba(100, 100)
    for (let p = 0; p < 10000; p++) {
      const inside = ((p % 100) - 49.5) ** 2 + (((p / 100) | 0) - 49.5) ** 2 < 900
      disc.data.set(inside ? [255, 255, 255, 255] : [0, 0, 0, 255], p * 4)
    }
    const { image, cut } = coverRgba(disc, 150, 100)
    expect(cut).toBe(true)
    const row = (y: number) => Array.from({ length: 150 }, (_, x) => image.data[(y * 150 + x) * 4] > 127)
    const wide = row(50).filter(Boolean).length
    const high = Array.from({ length: 100 }, (_, y) => row(y)[75]).filter(Boolean).length
    expect(Math.abs(wide - 90)).toBeLessThanOrEqual(2)
    expect(Math.abs(high - 90)).toBeLessThanOrEqual(2)
  })
})
