import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedRect, type Rect } from '../geometry'
import { cropRgba, type RgbaImage } from '../image/raster'
import { type Quarters, turnedRect, turnRgba } from '../image/rotate'
import { type Patch, PLAIN_BLEND } from './document'
import { applyTone, toneOf } from './tone'
import { turnPatch } from './turnPatch'
import { turnMask } from '../mask/command/turnMask'
import { noise } from '../image/noise.testkit'

const CANVAS = { x: 0, y: 0, width: 70, height: 50 }
const SMALL = { x: 12, y: 10, width: 15, height: 12 }
const LARGE = { x: 12, y: 10, width: 38, height: 29 }

/** Levels that leave room for an offset at both ends. */
function midtones(seed: number): RgbaImage {
  const image = noise(CANVAS.width, CANVAS.height, seed)
  for (let i = 0; i < image.data.length; i++) if (i % 4 < 3) image.data[i] = 60 + (image.data[i] % 120)
  return image
}

function lighter(image: RgbaImage, by: number): RgbaImage {
  const data = image.data.map((value, i) => (i % 4 === 3 ? value : value + by))
  return { ...image, data }
}

function patchOver(rect: Rect): Patch {
  return {
    id: 'a',
    from: null,
    pixels: 'p',
    rect: CANVAS,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect }],
    coverageFrame: CANVAS,
    blend: { ...PLAIN_BLEND, seam: 'gradient' },
    visible: true,
  }
}

const over =
  (image: RgbaImage, { x, y }: Rect = CANVAS) =>
  (rect: Rect) =>
    cropRgba(image, movedRect(rect, -x, -y))

describe('a repaired seam', () => {
  it('goes on beyond what it was found for: a stroke is seen as it is once it is a step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), fc.nat(), (by, seed) => {
        const below = midtones(seed)
        const own = lighter(below, by)
        const seen = over(own)(LARGE)
        applyTone(seen, LARGE, toneOf(patchOver(SMALL), over(own), over(below)), true)
        const kept = over(own)(LARGE)
        applyTone(kept, LARGE, toneOf(patchOver(LARGE), over(own), over(below)))
        expect(Buffer.from(seen.data).equals(Buffer.from(kept.data))).toBe(true)
        expect(Buffer.from(seen.data).equals(Buffer.from(over(below)(LARGE).data))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('goes on in the same way in a turned picture', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom<Quarters[]>(1, 2, 3), (seed, quarters) => {
        const [below, own] = [midtones(seed), midtones(seed + 7)]
        const patch = patchOver(SMALL)
        const seen = over(own)(CANVAS)
        applyTone(seen, CANVAS, toneOf(patch, over(own), over(below)), true)
        const mask = turnMask(CANVAS, patch.coverage, CANVAS, 90 * quarters)
        const turned = turnPatch(patch, mask, { base: { ...CANVAS, key: 'b' }, key: 't', quarters })
        const frame = turnedRect(CANVAS, CANVAS, quarters)
        const [ownTurned, belowTurned] = [turnRgba(own, quarters), turnRgba(below, quarters)]
        const again = over(ownTurned)(frame)
        applyTone(again, frame, toneOf(turned, over(ownTurned), over(belowTurned)), true)
        expect(Buffer.from(again.data).equals(Buffer.from(turnRgba(seen, quarters).data))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})
