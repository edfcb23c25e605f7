import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRgba, cropRgba, type RgbaImage } from '../image/raster'
import { composeRegion } from './composeRegion'
import { coverageMask } from './coverage'
import { type Blend, type Patch, PLAIN_BLEND } from './document'
import { BASE, CANVAS, sameBytes } from './composeRegion.testkit'

describe('a repaired seam', () => {
  const rect = { x: 6, y: 5, width: 76, height: 60 }
  const hole = { x: 26, y: 20, width: 36, height: 28 }
  /** Slow waves, as of a sky. */
  const base = createRgba(90, 70)
  for (let p = 0, i = 0; p < 90 * 70; p++, i += 4) {
    const [x, y] = [p % 90, Math.floor(p / 90)]
    base.data.set([120 + x * 0.5, 90 + 20 * Math.sin(y / 14), 140 - y * 0.4, 255], i)
  }
  const patchWith = (kind: 'rectangle' | 'ellipse', change: Partial<Blend>): Patch => ({
    id: 'a',
    from: null,
    pixels: 'p',
    rect,
    coverage: [{ kind, mode: 'paint', rect: hole }],
    coverageFrame: CANVAS,
    blend: { ...PLAIN_BLEND, ...change },
    visible: true,
  })
  /** The mean step of colours between neighbours across the coverage's edge, less the base's own. */
  const stepOf = (one: Patch, came: RgbaImage) => {
    const shown = composeRegion({ base: BASE, patches: [one] }, CANVAS, (key) =>
      key === 'base' ? base : came,
    )
    const { data } = coverageMask(one, CANVAS)
    let sum = 0
    let count = 0
    for (let p = 0; p + 90 < data.length; p++) {
      for (const q of [p + 1, p + 90]) {
        if (data[p] > 0 === data[q] > 0 || (q === p + 1 && q % 90 === 0)) continue
        for (let c = 0; c < 3; c++) {
          const step = shown.data[4 * p + c] - shown.data[4 * q + c]
          const own = base.data[4 * p + c] - base.data[4 * q + c]
          sum += Math.abs(step - own)
          count++
        }
      }
    }
    return sum / count
  }

  it('lowers a step by 80 % and more, whatever its colour, slope and shape', () => {
    const level = fc.integer({ min: -45, max: 45 }).filter((value) => Math.abs(value) >= 12)
    fc.assert(
      fc.property(
        fc.tuple(level, level, level),
        fc.double({ min: -0.15, max: 0.15, noNaN: true }),
        fc.constantFrom('rectangle' as const, 'ellipse' as const),
        fc.boolean(),
        (levels, slope, kind, matchColor) => {
          const came = cropRgba(base, rect)
          for (let i = 0; i < came.data.length; i++) {
            const x = ((i >> 2) % rect.width) - rect.width / 2
            if (i % 4 < 3) came.data[i] += levels[i % 4] + slope * x
          }
          const before = stepOf(patchWith(kind, {}), came)
          const after = stepOf(patchWith(kind, { seam: 'gradient', matchColor }), came)
          expect(before).toBeGreaterThan(5)
          expect(after).toBeLessThan(0.2 * before)
        },
      ),
    )
  })

  it('leaves a patch that fits as it is', () => {
    const came = cropRgba(base, rect)
    const fitting = patchWith('ellipse', { seam: 'gradient', matchColor: true })
    const shown = composeRegion({ base: BASE, patches: [fitting] }, CANVAS, (key) =>
      key === 'base' ? base : came,
    )
    expect(sameBytes(shown, base)).toBe(true)
  })
})
