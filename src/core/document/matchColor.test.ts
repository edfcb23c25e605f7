import { describe, expect, it } from 'vitest'
import { rectOf } from '../geometry'
import { cropRgba } from '../image/raster'
import { composeRegion, type PixelsOf } from './composeRegion'
import { type Patch, PLAIN_BLEND } from './document'
import { BASE, CANVAS, pixelsOf, sameBytes } from './composeRegion.testkit'
import { noise } from '../image/noise.testkit'

describe('matched colour', () => {
  it('takes back a shift that the model gave everything', () => {
    const base = noise(90, 70, 3)
    base.data.forEach((value, i) => {
      if (i % 4 < 3) base.data[i] = 60 + (value >> 1)
    })
    const rect = { x: 10, y: 10, width: 60, height: 50 }
    const came = cropRgba(base, rect)
    for (let i = 0; i < came.data.length; i += 4) {
      came.data[i] += 12
      came.data[i + 1] -= 7
    }
    const matched: Patch = {
      id: 'a',
      from: null,
      pixels: 'p',
      rect,
      coverage: [{ kind: 'ellipse', mode: 'paint', rect: { x: 30, y: 30, width: 20, height: 15 } }],
      coverageFrame: CANVAS,
      blend: { ...PLAIN_BLEND, matchColor: true, featherPx: 2 },
      visible: true,
    }
    const pixels: PixelsOf = (key) => (key === 'base' ? base : came)
    expect(sameBytes(composeRegion({ base: BASE, patches: [matched] }, rectOf(base), pixels), base)).toBe(
      true,
    )
    const plain = { ...matched, blend: PLAIN_BLEND }
    expect(sameBytes(composeRegion({ base: BASE, patches: [plain] }, rectOf(base), pixels), base)).toBe(false)
  })

  it('does nothing where no surroundings are left to compare with', () => {
    const rect = { x: 0, y: 0, width: 20, height: 20 }
    const full: Patch = {
      id: 'a',
      from: null,
      pixels: 'p',
      rect,
      coverage: [{ kind: 'invert' }],
      coverageFrame: CANVAS,
      blend: { ...PLAIN_BLEND, matchColor: true },
      visible: true,
    }
    const pixels = pixelsOf([full], 255)
    const shown = composeRegion({ base: BASE, patches: [full] }, rect, pixels)
    expect(sameBytes(shown, pixels('p'))).toBe(true)
  })
})
