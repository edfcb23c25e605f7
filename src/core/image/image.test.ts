import { deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsRect, intersectRect } from '../geometry'
import { pasteBack } from './composite'
import { MAX_PIXELS, openedSize } from './limits'
import { encodeGrayPng, encodeRgbaPng } from './png'
import { createGray, createRgba, cropRgba, overlayRgba, type RgbaImage } from './raster'
import { coverRgba, resampleGray, resampleRgba } from './resample'
import { surroundings, workRegion } from './workRegion'

function noise(width: number, height: number, seed: number, opaque = true): RgbaImage {
  const image = createRgba(width, height)
  let state = seed | 1
  for (let i = 0; i < image.data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    image.data[i] = i % 4 === 3 && opaque ? 255 : state >>> 24
  }
  return image
}

const side = fc.integer({ min: 1, max: 60 })
const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))

describe('pasteBack', () => {
  it('changes no byte where the mask is 0 and takes the result where it is 255', () => {
    fc.assert(
      fc.property(side, side, fc.integer(), fc.boolean(), (width, height, seed, opaque) => {
        const source = noise(width, height, seed, opaque)
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
          const image = noise(40, 30, 5, false)
          const crop = cropRgba(image, { x, y, width: w, height: h })
          return Buffer.from(overlayRgba(image, crop, x, y).data).equals(Buffer.from(image.data))
        },
      ),
    )
  })
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

describe('work regions', () => {
  const box = fc.record({
    x: fc.nat(2000),
    y: fc.nat(1500),
    width: fc.integer({ min: 1, max: 900 }),
    height: fc.integer({ min: 1, max: 900 }),
  })
  const picture = fc.record({
    width: fc.integer({ min: 40, max: 4000 }),
    height: fc.integer({ min: 40, max: 4000 }),
  })
  const model = fc.record({
    width: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
    height: fc.integer({ min: 1, max: 16 }).map((k) => k * 64),
  })

  it("hold the mask and have the model's shape to a pixel", () => {
    fc.assert(
      fc.property(box, picture, model, (raw, size, target) => {
        const bounds = intersectRect(raw, { x: 0, y: 0, ...size })
        fc.pre(bounds.width > 0)
        const region = workRegion(bounds, size, target)
        expect(containsRect(region, bounds)).toBe(true)
        const height = (region.width * target.height) / target.width
        const width = (region.height * target.width) / target.height
        expect(
          Math.min(Math.abs(region.height - height), Math.abs(region.width - width)),
        ).toBeLessThanOrEqual(1)
        expect(Number.isInteger(region.x + region.y + region.width + region.height)).toBe(true)
      }),
    )
  })

  it('stay inside the picture unless the picture is smaller', () => {
    const region = workRegion(
      { x: 3900, y: 2900, width: 90, height: 90 },
      { width: 4000, height: 3000 },
      { width: 768, height: 576 },
    )
    expect(containsRect({ x: 0, y: 0, width: 4000, height: 3000 }, region)).toBe(true)
    expect(region.width).toBe(768)
    expect(region.height).toBe(576)
  })

  it('are the whole picture when it is no larger than the model', () => {
    const region = workRegion(
      { x: 10, y: 10, width: 20, height: 20 },
      { width: 600, height: 400 },
      { width: 768, height: 512 },
    )
    expect(region).toEqual({ x: 0, y: 0, width: 600, height: 400 })
  })

  it('take the surroundings of a hole, inside the picture', () => {
    expect(surroundings({ x: 500, y: 500, width: 100, height: 40 }, { width: 2000, height: 2000 })).toEqual({
      x: 425,
      y: 425,
      width: 250,
      height: 190,
    })
  })
})

describe('PNG', () => {
  it('decodes to the same bytes: grey masks and pictures with and without alpha', async () => {
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer(), fc.boolean(), async (width, height, seed, opaque) => {
        const image = noise(width, height, seed, opaque)
        const png = decode(await encodeRgbaPng(image, deflate))
        const channels = png.channels
        for (let p = 0; p < width * height; p++) {
          for (let c = 0; c < channels; c++) expect(png.data[p * channels + c]).toBe(image.data[p * 4 + c])
        }
        const gray = createGray(width, height)
        for (let p = 0; p < gray.data.length; p++) gray.data[p] = image.data[p * 4]!
        const mask = decode(await encodeGrayPng(gray, deflate))
        expect(mask.channels).toBe(1)
        expect(Buffer.compare(Buffer.from(mask.data.buffer), gray.data)).toBe(0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the size at which a picture is opened', () => {
  it.each([
    [8192, 6144],
    [8160, 6144],
    [8688, 5792],
    [9248, 6936],
    [800, 20_000],
    [32_767, 2048],
  ])('%d x %d opens as it is', (width, height) => {
    expect(openedSize({ width, height }, 'a.png')).toEqual({ width, height })
  })

  it.each([
    [11_656, 8742],
    [12_000, 9000],
    [2100, 32_767],
  ])('%d x %d opens scaled down, in its shape', (width, height) => {
    const size = openedSize({ width, height }, 'a.png')
    const pixels = size.width * size.height
    expect(pixels).toBeLessThanOrEqual(MAX_PIXELS)
    expect(pixels).toBeGreaterThan(MAX_PIXELS * 0.99)
    expect(Math.abs(size.width / size.height / (width / height) - 1)).toBeLessThan(0.001)
  })

  it.each([
    [20_000, 20_000],
    [32_768, 10],
    [10, 40_000],
  ])('%d x %d is refused with its numbers', (width, height) => {
    expect(() => openedSize({ width, height }, 'a.png')).toThrow(/too-large/)
  })
})
