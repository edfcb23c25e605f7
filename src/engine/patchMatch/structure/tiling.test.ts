import { describe, expect, it } from 'vitest'
import { createGray, createRgba } from '../../../core/image/raster'
import { Random } from '../../random'
import { simdCore } from '../../simd/simdCore'
import { baseLevel } from '../holePixels'
import { patchMatchFill } from '../patchMatchFill'
import { halveLevel } from '../pyramid'
import { isTiled } from './tiling'

const SEEDS = [0, 1, 2, 3, 77, 5, 9]
const SIDE = 480
/** What two pictures of one pattern in different grain are apart, dB. */
const GRAIN_LIMIT = 25.8

type Shade = (x: number, y: number) => number

/** Light and grain on a pattern; and the same with a hole of 200 px. */
function scene(shade: Shade) {
  const random = new Random(17)
  const truth = createRgba(SIDE, SIDE)
  const mask = createGray(SIDE, SIDE)
  for (let p = 0; p < SIDE * SIDE; p++) {
    const [x, y] = [p % SIDE, Math.floor(p / SIDE)]
    const light = 90 + shade(x, y) + random.below(32)
    truth.data.set([light, light - 20 + (y * 10) / SIDE, light - 40 + (x * 12) / SIDE, 255], p * 4)
    if (x >= 130 && x < 330 && y >= 140 && y < 340) mask.data[p] = 255
  }
  const image = { ...truth, data: truth.data.slice() }
  for (let p = 0; p < SIDE * SIDE; p++) if (mask.data[p]) image.data.set([255, 0, 255, 255], p * 4)
  return { truth, image, mask }
}

const checkers: Shade = (x, y) => (((x >> 5) + (y >> 6)) % 2) * 60
const bumps = new Random(4)
const heights = Float64Array.from({ length: 61 * 61 }, () => bumps.below(100))
/** Blotches of 8 px without a period. */
const blotches: Shade = (x, y) => heights[(y >> 3) * 61 + (x >> 3)]

it.each(SEEDS)('a checkerboard in light and grain goes on as it is, with seed %i', async (seed) => {
  const { truth, image, mask } = scene(checkers)
  const filled = await patchMatchFill(simdCore).run(
    { image, mask, seed, quality: 'standard', patchSide: 7 },
    () => {},
  )
  let [sum, count] = [0, 0]
  for (let p = 0; p < mask.data.length; p++) {
    if (!mask.data[p]) continue
    for (let c = 0; c < 3; c++) sum += (filled.data[p * 4 + c] - truth.data[p * 4 + c]) ** 2
    count += 3
  }
  expect(10 * Math.log10((255 * 255 * count) / sum)).toBeGreaterThan(GRAIN_LIMIT - 1)
})

describe('a pattern both ways', () => {
  it.each<[string, boolean, Shade]>([
    ['are checkers', true, checkers],
    ['are tiles with joints', true, (x, y) => (x % 40 < 6 || y % 28 < 5 ? 0 : 60)],
    ['are no stripes', false, (x) => ((x >> 4) % 2) * 60],
    ['is no smooth ground', false, (x, y) => x / 8 + y / 6],
    ['is no single edge', false, (x, y) => (y > 170 + x / 9 ? 60 : 0)],
    ['are no blotches', false, blotches],
  ])('%s', (_, expected, shade) => {
    const { image, mask } = scene(shade)
    const levels = [baseLevel(image, mask.data, undefined, () => {})]
    for (let k = 0; k < 3; k++) levels.push(halveLevel(levels[k]))
    expect(isTiled(levels, () => {})).toBe(expected)
  })
})
