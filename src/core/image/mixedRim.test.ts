import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixedRim } from './mixedRim'
import { createRgba, type RgbaImage } from './raster'

const SIDE = 64

/** The share of pixel (x, y) that a disc covers, from 16 x 16 samples. */
function share(x: number, y: number, radius: number): number {
  let inside = 0
  for (let j = 0; j < 16; j++) {
    for (let i = 0; i < 16; i++) {
      if (Math.hypot(x + (i + 0.5) / 16 - SIDE / 2, y + (j + 0.5) / 16 - SIDE / 2) <= radius) inside++
    }
  }
  return inside / 256
}

function scene(
  radius: number,
  object: readonly number[],
  ground: (x: number, y: number) => readonly number[],
) {
  const image: RgbaImage = createRgba(SIDE, SIDE)
  const shares = new Float64Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const p = y * SIDE + x
      const part = (shares[p] = share(x, y, radius))
      const behind = ground(x, y)
      for (let c = 0; c < 3; c++) image.data[p * 4 + c] = part * object[c] + (1 - part) * behind[c]
      image.data[p * 4 + 3] = 255
    }
  }
  return { image, shares }
}

const covering = (shares: Float64Array, least: number) =>
  Uint8Array.from(shares, (part) => (part > least ? 255 : 0))
const gradient = (x: number, y: number) => [150 + x / 2, 170 + y / 2, 190 - x / 4]

describe('the edge of an object beside a mask', () => {
  it('is found where the mask leaves it out, and only there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 8, max: 22, noNaN: true }),
        fc.constantFrom(0.75, 0.9, 0.99),
        (radius, least) => {
          const { image, shares } = scene(radius, [30, 20, 40], gradient)
          const covered = covering(shares, least)
          const found = mixedRim(image, covered)
          for (const p of found) expect(shares[p]).toBeGreaterThan(0)
          for (let p = 0; p < shares.length; p++) {
            if (!covered[p] && shares[p] > 0.2) expect(found).toContain(p)
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('is nothing where the mask takes it in', () => {
    const { image, shares } = scene(18, [30, 20, 40], gradient)
    expect(mixedRim(image, covering(shares, 0))).toEqual([])
  })

  it('is nothing on a ground that holds the object’s colour by itself', () => {
    const stripes = (x: number, y: number) => ((x + y) % 8 < 4 ? [30, 20, 40] : [220, 220, 210])
    const { image, shares } = scene(18, [30, 20, 40], stripes)
    expect(mixedRim(image, covering(shares, 0))).toEqual([])
  })

  it('is nothing around all, around nothing, and beside transparent pixels', () => {
    const { image, shares } = scene(18, [30, 20, 40], gradient)
    expect(mixedRim(image, new Uint8Array(shares.length))).toEqual([])
    expect(mixedRim(image, new Uint8Array(shares.length).fill(255))).toEqual([])
    for (let p = 0; p < shares.length; p++) if (shares[p] < 1) image.data[p * 4 + 3] = 0
    expect(mixedRim(image, covering(shares, 0.99))).toEqual([])
  })
})
