import { expect, it } from 'vitest'
import { createGray, createRgba, cropRgba } from '../../core/image/raster'
import type { FillRequest } from '../fillEngine'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'
import type { MakeCore } from './roundCore'

const WIDTH = 200
const HEIGHT = 150

/** Stripes with grain and a hole; where it says so, transparent on the left. */
function scene(alpha: number): FillRequest {
  const image = createRgba(WIDTH, HEIGHT)
  const random = new Random(7)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const x = p % WIDTH
    const light = 90 + ((x >> 4) % 2) * 70 + random.around(9)
    image.data.set([light, light - 20, light - 40, x < 70 ? alpha : 255], p * 4)
  }
  const mask = createGray(WIDTH, HEIGHT)
  for (let y = 50; y < 90; y++) mask.data.fill(255, y * WIDTH + 50, y * WIDTH + 120)
  return { image, mask, seed: 3, quality: 'standard', patchSide: 7 }
}

it.each([255, 0])(
  'gives the part of the whole fill that was masked, alpha %i beside the hole',
  async (alpha) => {
    const engine = patchMatchFill(simdCore)
    const request = scene(alpha)
    const whole = await engine.run(request, () => {})
    const { image, at } = await engine.runPart(request, () => {})
    expect(at).toEqual({ x: 18, y: 18, width: 134, height: 104 })
    expect(Buffer.compare(Buffer.from(image.data), Buffer.from(cropRgba(whole, at).data))).toBe(0)
  },
)

it('frees the pixels that nothing needs any more, and run does not', async () => {
  const engine = patchMatchFill(simdCore)
  const request = scene(255)
  await engine.run(request, () => {})
  expect(request.image.data).toHaveLength(WIDTH * HEIGHT * 4)
  await engine.runPart(request, () => {})
  expect(request.image.data).toHaveLength(0)
  expect(request.mask.data).toHaveLength(0)
})

it('goes on with the script where a core finds no memory for a level', async () => {
  let made = 0
  const failsLater = (): MakeCore => {
    const makeCore = simdCore()!
    return (field, reconstruction) => {
      if (++made > 1) throw new RangeError('out of memory')
      return makeCore(field, reconstruction)
    }
  }
  const [some, all] = [patchMatchFill(failsLater), patchMatchFill()]
  const [a, b] = [await some.run(scene(255), () => {}), await all.run(scene(255), () => {})]
  expect(made).toBeGreaterThan(1)
  expect(Buffer.compare(Buffer.from(a.data), Buffer.from(b.data))).toBe(0)
})
