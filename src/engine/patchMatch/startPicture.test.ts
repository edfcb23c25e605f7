import { expect, it } from 'vitest'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { resampleRgba } from '../../core/image/resample'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'

const [WIDTH, HEIGHT] = [240, 180]
const random = new Random(6)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(14))

/** Grainy sand and water; their border has a bay that only what is in the hole shows. */
function scene(): { truth: RgbaImage; mask: GrayImage } {
  const truth = createRgba(WIDTH, HEIGHT)
  const mask = createGray(WIDTH, HEIGHT)
  for (let p = 0; p < grain.length; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
    const isWater = y > 90 || Math.hypot(x - 120, y - 90) < 30
    const color = isWater ? [50, 110, 150] : [200, 180, 130]
    truth.data.set([...color.map((value) => value + grain[p]), 255], p * 4)
    if (x >= 80 && x < 160 && y >= 50 && y < 120) mask.data[p] = 255
  }
  return { truth, mask }
}

const { truth, mask } = scene()
const painted = { ...truth, data: truth.data.slice() }
for (let p = 0; p < grain.length; p++) if (mask.data[p]) painted.data.set([255, 0, 255, 255], p * 4)

function fill(start?: RgbaImage, core = simdCore): Promise<RgbaImage> {
  const request = { image: painted, mask, seed: 1, quality: 'standard', patchSide: 7, start } as const
  return patchMatchFill(core).run(request, () => {})
}

/** The share of the hole that is on the wrong side of the shore. */
function wrongShare({ data }: RgbaImage): number {
  const holes = [...mask.data.keys()].filter((p) => mask.data[p] > 0)
  const isWater = (pixels: Uint8ClampedArray, p: number) => pixels[p * 4] < 125
  return holes.filter((p) => isWater(data, p) !== isWater(truth.data, p)).length / holes.length
}

function roughness({ data }: RgbaImage): number {
  let sum = 0
  for (let p = 0; p < grain.length; p++) {
    if (mask.data[p] && mask.data[p + 1]) sum += Math.abs(data[p * 4] - data[p * 4 + 4])
  }
  return sum
}

it('a small picture to start from gives the shapes, the photo the grain', async () => {
  const start = resampleRgba(truth, WIDTH / 4, HEIGHT / 4)
  const [without, started] = [await fill(), await fill(start)]
  expect(wrongShare(without)).toBeGreaterThan(0.2)
  expect(wrongShare(started)).toBeLessThan(0.06)
  expect(roughness(started) / roughness(truth)).toBeGreaterThan(0.6)
  expect(roughness(resampleRgba(start, WIDTH, HEIGHT)) / roughness(truth)).toBeLessThan(0.4)
})

it('nothing outside the hole changes, and SIMD gives the bytes of the script', async () => {
  for (const size of [1, 4, 16]) {
    const start = resampleRgba(truth, WIDTH / size, Math.ceil(HEIGHT / size))
    const simd = await fill(start)
    const script = await fill(start, () => null)
    expect(Buffer.compare(Buffer.from(simd.data), Buffer.from(script.data))).toBe(0)
    for (let p = 0; p < grain.length; p++) {
      if (mask.data[p]) continue
      expect(simd.data[p * 4]).toBe(painted.data[p * 4])
      expect(simd.data[p * 4 + 3]).toBe(255)
    }
  }
})
