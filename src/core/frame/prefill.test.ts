import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleInput } from '../run/scaleInput'
import { createGray, createRgba } from '../image/raster'
import { bareArea } from './prefill'

/** A picture of 24 x 16 px in a region that reaches beyond it; its corner may be bared by a turn. */
const BASE = { x: 0, y: 0, width: 24, height: 16 }
const job = fc
  .record({
    region: fc.record({
      x: fc.integer({ min: -12, max: 4 }),
      y: fc.integer({ min: -12, max: 4 }),
      width: fc.integer({ min: 8, max: 40 }),
      height: fc.integer({ min: 8, max: 40 }),
    }),
    masksAll: fc.boolean(),
    bared: fc.nat(6),
    scale: fc.constantFrom(1, 0.5, 2),
  })
  .map(({ region, masksAll, bared, scale }) => {
    const image = createRgba(region.width, region.height)
    const mask = createGray(region.width, region.height)
    for (let p = 0; p < mask.data.length; p++) {
      const x = (p % region.width) + region.x
      const y = Math.floor(p / region.width) + region.y
      const isThere = x >= 0 && y >= 0 && x < BASE.width && y < BASE.height && x + y >= bared
      if (isThere) image.data.set([x * 9, y * 9, 40, 255], p * 4)
      mask.data[p] = !isThere || masksAll ? 255 : 0
    }
    const size = { width: Math.round(region.width * scale), height: Math.round(region.height * scale) }
    const run = (kind: 'edge' | 'gray' | 'noise' | 'device') => {
      const pixels = { image: structuredClone(image), mask: structuredClone(mask) }
      return scaleInput(pixels, size, { kind, region, base: BASE })
    }
    return { image, mask, scale, run }
  })

describe('what is sent where the picture has nothing', () => {
  it.each(['gray', 'noise', 'device'] as const)('%s changes the bare area alone', (kind) => {
    fc.assert(
      fc.property(job, ({ run }) => {
        const [edge, filled] = [run('edge'), run(kind)]
        expect(edge.bare).toBeUndefined()
        for (let p = 0; p < edge.mask.data.length; p++) {
          if (filled.bare?.data[p] === 255) continue
          const [a, b] = [edge, filled].map(({ image }) => image.data.slice(p * 4, p * 4 + 4))
          expect(b).toEqual(a)
        }
        expect(filled.mask).toEqual(edge.mask)
      }),
    )
  })

  it('grey is 128 in the bare area exactly', () => {
    fc.assert(
      fc.property(job, ({ run }) => {
        const { image, bare } = run('gray')
        bare?.data.forEach((value, p) => {
          if (value === 255) expect([...image.data.subarray(p * 4, p * 4 + 4)]).toEqual([128, 128, 128, 255])
        })
      }),
    )
  })

  it('noise is opaque, the same each time, and no single tone', () => {
    fc.assert(
      fc.property(job, ({ run }) => {
        const [first, second] = [run('noise'), run('noise')]
        expect(second).toEqual(first)
        const tones = new Set<number>()
        first.bare?.data.forEach((value, p) => {
          if (value !== 255) return
          tones.add(first.image.data[p * 4])
          expect(first.image.data[p * 4 + 3]).toBe(255)
        })
        const count = first.bare?.data.filter((value) => value === 255).length ?? 0
        if (count > 40) expect(tones.size).toBeGreaterThan(20)
      }),
    )
  })

  it('is everything that is masked and transparent, unscaled to the pixel', () => {
    fc.assert(
      fc.property(job, ({ image, mask, scale, run }) => {
        fc.pre(scale === 1)
        expect(run('gray').bare ?? null).toEqual(bareArea(image, mask))
      }),
    )
  })
})
