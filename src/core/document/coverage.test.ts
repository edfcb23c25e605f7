import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersectRect } from '../geometry'
import { cropGray } from '../image/raster'
import { coverageMask } from './coverage'
import { type Patch, PLAIN_BLEND } from './document'
import { patch } from './document.testkit'
import { CANVAS } from './composeRegion.testkit'

describe('coverage', () => {
  const rect = { x: 10, y: 10, width: 60, height: 50 }
  const square: Patch = {
    id: 'a',
    from: null,
    pixels: 'p',
    rect,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect: { x: 30, y: 30, width: 20, height: 10 } }],
    coverageFrame: CANVAS,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const row = (growPx: number, featherPx: number) => {
    const { data } = coverageMask(
      { ...square, blend: { ...PLAIN_BLEND, growPx, featherPx } },
      {
        x: 20,
        y: 35,
        width: 20,
        height: 1,
      },
    )
    return { first: data.findIndex((value) => value > 0) + 20, full: data.indexOf(255) + 20, data }
  }

  it('grows, shrinks and softens to both sides', () => {
    expect(row(0, 0)).toMatchObject({ first: 30, full: 30 })
    expect(row(4, 0).first).toBe(26)
    expect(row(-3, 0).full).toBe(33)
    expect(row(0, 4)).toMatchObject({ first: 26, full: 34 })
    const { data } = row(0, 4)
    expect([...data]).toEqual([...data].toSorted((a, b) => a - b))
  })

  it('of a part is the part of the whole, wherever the part ends', () => {
    fc.assert(
      fc.property(patch(CANVAS), fc.integer({ min: 3, max: 40 }), ({ coverage, blend: some }, size) => {
        const one = { ...square, rect: CANVAS, coverage, blend: some }
        const whole = coverageMask(one, CANVAS)
        for (let y = 0; y < CANVAS.height; y += size) {
          for (let x = 0; x < CANVAS.width; x += size) {
            const part = intersectRect({ x, y, width: size, height: size }, CANVAS)
            const { data } = coverageMask(one, part)
            expect(Buffer.compare(data, cropGray(whole, part).data)).toBe(0)
          }
        }
      }),
    )
  })

  it('is not softened at the edge of the picture it was painted on', () => {
    const whole: Patch = {
      ...square,
      rect: CANVAS,
      coverage: [{ kind: 'invert' }],
      blend: { ...PLAIN_BLEND, featherPx: 8, growPx: -5 },
    }
    expect(coverageMask(whole, CANVAS).data.every((value) => value === 255)).toBe(true)
  })

  it('does not leave the patch', () => {
    const narrow = { ...square, rect: { ...rect, width: 25 }, blend: { ...PLAIN_BLEND, growPx: 20 } }
    const { data, width } = coverageMask(narrow, CANVAS)
    data.forEach((value, p) => {
      if (value > 0) expect(p % width).toBeLessThan(35)
    })
  })
})
