import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { FILL_QUALITIES, type FillRequest, PATCH_SIDES } from '../fillEngine'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function grayOf(width: number, height: number, boxes: readonly Box[]): GrayImage {
  const gray = createGray(width, height)
  for (const box of boxes)
    for (let y = box.y; y < Math.min(height, box.y + box.height); y++)
      gray.data.fill(255, y * width + box.x, y * width + Math.min(width, box.x + box.width))
  return gray
}

/** Red inside the area, blue outside, with green noise: a colour tells where it comes from. */
function twoColored({ width, height, data }: GrayImage, seed: number): RgbaImage {
  const random = new Random(seed)
  const image = createRgba(width, height)
  for (let p = 0; p < data.length; p++)
    image.data.set(data[p] ? [255, random.below(256), 0, 255] : [0, random.below(256), 255, 255], p * 4)
  return image
}

const boxIn = (width: number, height: number): fc.Arbitrary<Box> =>
  fc.record({
    x: fc.integer({ min: 0, max: width - 1 }),
    y: fc.integer({ min: 0, max: height - 1 }),
    width: fc.integer({ min: 1, max: width }),
    height: fc.integer({ min: 1, max: height }),
  })

const anyRequest: fc.Arbitrary<FillRequest> = fc
  .record({ width: fc.integer({ min: 8, max: 130 }), height: fc.integer({ min: 8, max: 110 }) })
  .chain(({ width, height }) =>
    fc
      .record({
        area: fc.array(boxIn(width, height), { minLength: 1, maxLength: 3 }),
        holes: fc.array(boxIn(width, height), { minLength: 1, maxLength: 2 }),
        seed: fc.nat(1e6),
        quality: fc.constantFrom(...FILL_QUALITIES),
        patchSide: fc.constantFrom(...PATCH_SIDES),
      })
      .map(({ area, holes, seed, quality, patchSide }) => {
        const sources = grayOf(width, height, area)
        const mask = grayOf(width, height, holes)
        return { image: twoColored(sources, seed), mask, sources, seed, quality, patchSide }
      }),
  )

/** @returns the filled picture, or the code of the error */
async function outcome(request: FillRequest, core = simdCore): Promise<RgbaImage | string> {
  try {
    return await patchMatchFill(core).run(request, () => {})
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** @returns how many pixels of the hole have a colour from outside the area, and how many outside the hole changed */
function wrongPixels({ data }: RgbaImage, { image, mask }: FillRequest) {
  const count = { foreign: 0, changed: 0 }
  for (let p = 0; p < mask.data.length; p++) {
    const i = p * 4
    if (mask.data[p]) count.foreign += data[i] === 255 && data[i + 2] === 0 ? 0 : 1
    else count.changed += [0, 1, 2, 3].every((c) => data[i + c] === image.data[i + c]) ? 0 : 1
  }
  return count
}

describe('a fill with a sampling area', () => {
  it('takes no colour from outside it, whatever the area and the hole; both cores make the same bytes', async () => {
    let filled = 0
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const simd = await outcome(request)
        const script = await outcome(request, () => null)
        if (typeof simd === 'string') {
          expect(simd).toMatch(/^engine\/no-s/)
          expect(script).toBe(simd)
          return
        }
        filled++
        if (typeof script === 'string') throw new Error(script)
        expect(Buffer.compare(Buffer.from(simd.data), Buffer.from(script.data))).toBe(0)
        expect(wrongPixels(simd, request)).toEqual({ foreign: 0, changed: 0 })
      }),
      { numRuns: 60 },
    )
    expect(filled).toBeGreaterThan(20)
  })

  it.each([0, 1, 2, 3])('uses an area far from a deep hole, variant %i', async (seed) => {
    const sources = grayOf(240, 180, [{ x: 200, y: 130, width: 40, height: 50 }])
    const mask = grayOf(240, 180, [{ x: 40, y: 30, width: 70, height: 70 }])
    const request: FillRequest = {
      image: twoColored(sources, 3),
      mask,
      sources,
      seed,
      quality: 'standard',
      patchSide: 7,
    }
    const out = await outcome(request)
    if (typeof out === 'string') throw new Error(out)
    expect(wrongPixels(out, request)).toEqual({ foreign: 0, changed: 0 })
  })

  it('of everything is a fill without one', async () => {
    const all = grayOf(100, 80, [{ x: 0, y: 0, width: 100, height: 80 }])
    const mask = grayOf(100, 80, [{ x: 30, y: 20, width: 40, height: 30 }])
    const { data, ...size } = twoColored(grayOf(100, 80, []), 8)
    // Less contrast than at an edge: beside a sampling area edges are not evened out.
    const image = { ...size, data: data.map((value, i) => (i % 4 === 3 ? 255 : 100 + (value >> 4))) }
    const request = { image, mask, seed: 0, quality: 'standard', patchSide: 7 } as const
    expect(await outcome({ ...request, sources: all })).toEqual(await outcome(request))
  })

  const hole = { x: 20, y: 20, width: 20, height: 20 }
  it.each<[string, readonly Box[]]>([
    ['is empty', []],
    ['lies in the hole', [{ x: 24, y: 24, width: 10, height: 10 }]],
    ['has no room for a patch', [{ x: 60, y: 0, width: 2, height: 80 }]],
  ])('says so where the area %s', async (_name, area) => {
    const sources = grayOf(80, 80, area)
    const request = { image: twoColored(sources, 1), mask: grayOf(80, 80, [hole]), sources, seed: 1 }
    expect(await outcome({ ...request, quality: 'standard', patchSide: 7 })).toBe('engine/no-sampling')
  })
})
