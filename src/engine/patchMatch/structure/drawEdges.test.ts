import { describe, expect, it } from 'vitest'
import { createRgba, type GrayImage, type RgbaImage } from '../../../core/image/raster'
import { simdCore } from '../../simd/simdCore'
import { patchMatchFill } from '../patchMatchFill'
import { SEEDS, QUALITIES, maskWhere, withoutHole } from '../scene.testkit'

/** A balloon before hatching, whose outline letters cover: no other part of it has the slope that is missing. */

const [WIDTH, HEIGHT] = [240, 180]
const SIZE = { width: WIDTH, height: HEIGHT }
const [CX, CY] = [130, 90]

/** How far a pixel lies outside the outline's middle, px. */
const outside = (x: number, y: number) => (Math.hypot((x - CX) / 90, (y - CY) / 62) - 1) * 74

const art = createRgba(WIDTH, HEIGHT)
for (let p = 0; p < WIDTH * HEIGHT; p++) {
  const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
  const hatched = (x + y) % 11 === 0 ? 30 : 235
  const value = Math.abs(outside(x, y)) <= 2 ? 0 : outside(x, y) < 0 ? 255 : hatched
  art.data.set([value, value, value, 255], p * 4)
}

const maskOf = (inside: (x: number, y: number) => boolean) => maskWhere(SIZE, inside)

function fill(
  mask: GrayImage,
  seed: number,
  quality: (typeof QUALITIES)[number],
  truth = art,
): Promise<RgbaImage> {
  return patchMatchFill(simdCore).run(
    { image: withoutHole(truth, mask), mask, seed, quality, patchSide: 7 },
    () => {},
  )
}

describe('an outline that letters cover', () => {
  const letters = maskOf((x, y) => x >= 34 && x < 84 && y >= 46 && y < 76)

  it.each(QUALITIES)('goes on as it bends in %s quality', async (quality) => {
    for (const seed of SEEDS) {
      const { data } = await fill(letters, seed, quality)
      let wrong = 0
      for (let p = 0; p < letters.data.length; p++) {
        const off = outside(p % WIDTH, Math.floor(p / WIDTH))
        // Within half a px of the line's edge either is right.
        if (!letters.data[p] || off > 1.5 || Math.abs(off + 2) < 0.7) continue
        if (data[p * 4] !== (off > -2 ? 0 : 255)) wrong++
      }
      expect(wrong, `with seed ${seed}`).toBeLessThanOrEqual(8)
    }
  })

  it('is drawn where it is all that was masked, so that nothing is left to search', async () => {
    const edge = createRgba(WIDTH, HEIGHT)
    for (let p = 0; p < WIDTH * HEIGHT; p++)
      edge.data.set(p % WIDTH < 50 ? [0, 0, 0, 255] : [255, 255, 255, 255], p * 4)
    const spot = maskOf((x, y) => x >= 49 && x < 51 && y >= 36 && y < 44)
    for (const seed of SEEDS) {
      const { data } = await fill(spot, seed, 'standard', edge)
      expect(Buffer.from(data).equals(Buffer.from(edge.data))).toBe(true)
    }
  })
})
