import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGray, createRgba } from '../../core/image/raster'
import { correctionsFor } from '../patchMatch/corrections'
import { baseLevel } from '../patchMatch/holePixels'
import { OffsetField } from '../patchMatch/offsetField'
import { patchMatchFill } from '../patchMatch/patchMatchFill'
import { Reconstruction } from '../patchMatch/reconstruct'
import { FILL_QUALITIES, PATCH_SIDES } from '../fillEngine'
import { Random } from '../random'
import { simdCore } from './simdCore'

/** Blurred noise with a hole of one or two rectangles. */
function scene(width: number, height: number, seed: number) {
  const image = createRgba(width, height)
  const random = new Random(seed)
  const tones = Array.from({ length: 7 }, () => [random.below(256), random.below(256), random.below(256)])
  for (let p = 0; p < width * height; p++) {
    const tone = tones[(Math.floor((p % width) / 5) + Math.floor(p / width / 7)) % 7]
    for (let c = 0; c < 3; c++) image.data[p * 4 + c] = tone[c] + random.around(12)
    image.data[p * 4 + 3] = 255
  }
  const mask = createGray(width, height)
  for (let part = 0; part < 2; part++) {
    const [x, y] = [random.below(width), random.below(height)]
    const [w, h] = [1 + random.below(width / 2), 1 + random.below(height / 2)]
    for (let j = y; j < Math.min(height, y + h); j++)
      mask.data.fill(255, j * width + x, j * width + Math.min(width, x + w))
  }
  return { image, mask }
}

it('SIMD gives the bytes of the script, whatever the picture, the hole and the patch size', async () => {
  if (!simdCore()) throw new Error('no SIMD here')
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 6, max: 130 }),
      fc.integer({ min: 6, max: 110 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.constantFrom(...FILL_QUALITIES),
      fc.constantFrom(...PATCH_SIDES),
      async (width, height, seed, quality, patchSide) => {
        const { image, mask } = scene(width, height, seed)
        if (!mask.data.includes(0)) return
        const script = await patchMatchFill().run({ image, mask, seed, quality, patchSide }, () => {})
        const simd = await patchMatchFill(simdCore).run({ image, mask, seed, quality, patchSide }, () => {})
        expect(Buffer.compare(Buffer.from(simd.data), Buffer.from(script.data))).toBe(0)
      },
    ),
    { numRuns: 60 },
  )
})

it('coarser equations are solved in memory that the finest ones have', () => {
  const makeCore = simdCore()
  if (!makeCore) throw new Error('no SIMD here')
  const { image, mask } = scene(300, 260, 7)
  const field = new OffsetField(baseLevel(image, mask.data), 3, 0)
  field.match.fill(field.randomSource(new Random(1)))
  const reconstruction = new Reconstruction(field)
  const { holeCount } = reconstruction
  const core = makeCore(field, reconstruction)
  core.differences(1, 1, () => {})
  const finest = core.begin(new Float32Array(holeCount * 4))
  const { buffer } = finest.e
  const coarse = correctionsFor(holeCount >> 2)
  coarse.shares.fill(1)
  coarse.wanted.fill(5)
  coarse.around.fill(-2)
  core.relax(coarse, 1)
  expect(coarse.e.every((value) => value === Math.fround(5 * 1.7))).toBe(true)
  // Memory that grows is another buffer.
  expect(finest.e.buffer).toBe(buffer)
  expect(buffer.byteLength).toBeGreaterThan(0)
})
