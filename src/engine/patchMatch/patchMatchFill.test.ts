import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { Random } from '../random'
import { patchMatchFill } from './patchMatchFill'

function picture(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly number[],
): RgbaImage {
  const image = createRgba(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r = 0, g = 0, b = 0, a = 255] = color(x, y)
      image.data.set([r, g, b, a], (y * width + x) * 4)
    }
  }
  return image
}

function hole(width: number, height: number, inside: (x: number, y: number) => boolean): GrayImage {
  const mask = createGray(width, height)
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = inside(i % width, Math.floor(i / width)) ? 255 : 0
  return mask
}

const box = (x0: number, y0: number, w: number, h: number) => (x: number, y: number) =>
  x >= x0 && x < x0 + w && y >= y0 && y < y0 + h

function fill(image: RgbaImage, mask: GrayImage, seed = 4): Promise<RgbaImage> {
  return patchMatchFill().run({ image, mask, seed, quality: 'standard', patchSide: 7 }, () => {})
}

/** The largest difference in the hole from what should be there. */
function worst(
  image: RgbaImage,
  mask: GrayImage,
  expected: (x: number, y: number) => readonly number[],
): number {
  let most = 0
  for (let p = 0; p < mask.data.length; p++) {
    if (!mask.data[p]) continue
    const want = expected(p % image.width, Math.floor(p / image.width))
    for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(image.data[p * 4 + c] - want[c]))
  }
  return most
}

const noise = (seed: number) => {
  const random = new Random(seed)
  return () => [random.below(256), random.below(256), random.below(256)]
}

describe('content-aware fill', () => {
  it('changes not a byte outside the hole, whatever the hole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: -10, max: 60 }),
        fc.integer({ min: -10, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer(),
        async (width, height, x, y, side, seed) => {
          const image = picture(width, height, noise(seed))
          const mask = hole(width, height, box(x, y, side, side))
          if (!mask.data.includes(0)) return true
          const out = await fill(image, mask, seed)
          for (let p = 0; p < mask.data.length; p++) {
            if (mask.data[p]) continue
            for (let c = 0; c < 4; c++) if (out.data[p * 4 + c] !== image.data[p * 4 + c]) return false
          }
          return true
        },
      ),
      { numRuns: 40 },
    )
  })

  it('same seed, same bytes; another seed, another picture', async () => {
    const image = picture(120, 90, noise(4))
    const mask = hole(120, 90, box(40, 30, 40, 30))
    const one = await fill(image, mask, 7)
    expect(Buffer.compare(Buffer.from((await fill(image, mask, 7)).data), Buffer.from(one.data))).toBe(0)
    expect(Buffer.compare(Buffer.from((await fill(image, mask, 8)).data), Buffer.from(one.data))).not.toBe(0)
  })

  it('a constant stays constant', async () => {
    const color = () => [90, 140, 200]
    const image = picture(140, 100, color)
    const mask = hole(140, 100, box(40, 30, 60, 40))
    expect(worst(await fill(image, mask), mask, color)).toBe(0)
  })

  it('a linear gradient stays that gradient, to one level', async () => {
    const color = (x: number, y: number) => [60 + x * 0.5, 80 + y * 0.5, 120].map(Math.round)
    const image = picture(200, 160, color)
    const mask = hole(200, 160, box(80, 60, 40, 40))
    expect(worst(await fill(image, mask), mask, color)).toBeLessThanOrEqual(1)
  })

  it('a periodic texture goes on in phase', async () => {
    const color = (x: number, y: number) => (((x >> 2) + (y >> 2)) % 2 === 0 ? [220, 210, 190] : [40, 50, 60])
    const image = picture(160, 128, color)
    const mask = hole(160, 128, box(60, 44, 40, 36))
    expect(worst(await fill(image, mask), mask, color)).toBeLessThanOrEqual(8)
  })

  it('keeps texture: as rough inside as around', async () => {
    const image = picture(200, 160, noise(12))
    const mask = hole(200, 160, box(70, 50, 60, 50))
    const out = await fill(image, mask)
    const roughness = (inside: boolean) => {
      let sum = 0
      let count = 0
      for (let p = 0; p + 1 < mask.data.length; p++) {
        if (mask.data[p] > 0 !== inside || mask.data[p + 1] > 0 !== inside) continue
        sum += Math.abs(out.data[p * 4] - out.data[p * 4 + 4])
        count++
      }
      return sum / count
    }
    expect(roughness(true) / roughness(false)).toBeGreaterThan(0.55)
  })

  it.each([
    ['at the border', box(0, 0, 30, 30)],
    ['at all borders', (x: number, y: number) => x < 12 || y < 12 || x >= 68 || y >= 52],
    ['of two parts', (x: number, y: number) => box(5, 5, 10, 10)(x, y) || box(60, 40, 12, 12)(x, y)],
    ['of one pixel', box(40, 30, 1, 1)],
    ['of nearly everything', (x: number, y: number) => !box(2, 2, 4, 4)(x, y)],
    ['that leaves no whole patch', (x: number) => x % 3 === 0],
  ])('fills a hole %s', async (_name, inside) => {
    const image = picture(80, 64, (x, y) => [100 + (x % 5), 120 + (y % 3), 90])
    const out = await fill(image, hole(80, 64, inside))
    for (let i = 0; i < out.data.length; i += 4) {
      expect(Math.abs(out.data[i] - 102)).toBeLessThan(60)
      expect(out.data[i + 3]).toBe(255)
    }
  })

  it('says that there is nothing to copy from', () => {
    const image = picture(40, 30, noise(1))
    return expect(
      fill(
        image,
        hole(40, 30, () => true),
      ),
    ).rejects.toThrow(/engine\/no-source/)
  })

  it('does not copy from transparent pixels, and continues alpha', async () => {
    const image = picture(80, 60, (x) => (x < 20 ? [255, 0, 0, 0] : [20, 80, 160, 200]))
    const mask = hole(80, 60, box(40, 20, 20, 20))
    const out = await fill(image, mask)
    for (let p = 0; p < mask.data.length; p++) {
      if (mask.data[p]) expect([...out.data.subarray(p * 4, p * 4 + 4)]).toEqual([20, 80, 160, 200])
    }
  })

  it('progress only grows, and ends at 1', async () => {
    const seen: number[] = []
    const image = picture(120, 100, noise(3))
    await patchMatchFill().run(
      { image, mask: hole(120, 100, box(30, 30, 50, 40)), seed: 4, quality: 'standard', patchSide: 7 },
      (f) => seen.push(f),
    )
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen)
    expect(seen.at(-1)).toBe(1)
  })
})
