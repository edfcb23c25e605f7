import { expect, it } from 'vitest'
import { createGray, createRgba } from '../../core/image/raster'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { keepForeignOut, pricedPatches } from './foreign'
import { baseLevel } from './holePixels'
import { patchMatchFill } from './patchMatchFill'
import { halveLevel } from './pyramid'

const SEEDS = [1, 2, 77, 5, 9, 0, 3]
const QUALITIES = ['standard', 'best'] as const
const [WIDTH, HEIGHT] = [200, 176]
const WALL = [205, 196, 188]
const HAIR = [96, 70, 32]
const FLOOR = [18, 16, 15]

const random = new Random(41)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(6))

/** A wall with a head before it, 16 px from the hole, which goes down into a dark floor. */
function scene(hasHead: boolean) {
  const image = createRgba(WIDTH, HEIGHT)
  const mask = createGray(WIDTH, HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
    const isHead = hasHead && Math.hypot(x - 64, y - 52) < 36
    const color = y >= 140 ? FLOOR : isHead ? HAIR : WALL
    const noise = grain[p] * (isHead ? 3 : 1)
    image.data.set([...color.map((value) => value + noise), 255], p * 4)
    if (x >= 116 && x < 170 && y < 150) mask.data[p] = 255
  }
  return { image, mask }
}

it('what stands near the hole without touching it stays out of it', async () => {
  const { image, mask } = scene(true)
  const engine = patchMatchFill(simdCore)
  for (const quality of QUALITIES)
    for (const seed of SEEDS) {
      const { data } = await engine.run({ image, mask, seed, quality, patchSide: 7 }, () => {})
      let hair = 0
      for (let p = 0; p < mask.data.length; p++) {
        const [red, green, blue] = data.subarray(p * 4, p * 4 + 3)
        // Between the wall and the floor there is no brown.
        if (mask.data[p] && red - blue > 32 && green < 150) hair++
      }
      expect([seed, quality, hair]).toEqual([seed, quality, 0])
    }
})

function levelsOf(hasHead: boolean) {
  const { image, mask } = scene(hasHead)
  const levels = [baseLevel(image, mask.data, undefined, () => {})]
  while (levels.length < 4) levels.push(halveLevel(levels.at(-1)!))
  return levels
}

it('a picture of nothing but what touches the hole is left as it is', () => {
  const [levels, before] = [levelsOf(false), levelsOf(false)]
  const radii = [3, 3, 3, 3]
  keepForeignOut(levels, radii, () => {})
  expect(radii).toEqual([3, 3, 3, 3])
  expect(levels.map(({ hole, known }) => [hole, known])).toEqual(
    before.map(({ hole, known }) => [hole, known]),
  )
})

it('a head beside a wall costs more, and is hidden where a patch would reach from it into the hole', () => {
  const [levels, before] = [levelsOf(true), levelsOf(true)]
  const radii = [3, 3, 3, 3]
  keepForeignOut(levels, radii, () => {})
  expect(levels[0]).toEqual(before[0])
  const at = (k: number, x: number, y: number) => (y >> k) * levels[k].width + (x >> k)
  for (let k = 1; k < levels.length; k++) {
    const priced = pricedPatches(levels[k], 1)
    expect(priced[at(k, 40, 52)]).toBeGreaterThan(100)
    expect(priced[at(k, 64, 120)]).toBe(1)
  }
  // Of its right edge, at 100 px, the hole is 16 px off: 4 px of the third level, 2 of the fourth.
  expect([1, 2, 3].map((k) => levels[k].hole[at(k, 94, 52)])).toEqual([0, 1, 1])
  expect(radii[3]).toBeLessThan(3)
})

/** Tiles of 12 px in two colours, darker towards their joints; the hole begins 2 px from a joint: its rim shows no bright brown. */
function tiles() {
  const [width, height] = [360, 240]
  const truth = createRgba(width, height)
  const mask = createGray(width, height)
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)]
    const isBrown = (Math.floor(x / 12) + Math.floor(y / 12)) % 2 === 0
    const light = 70 + Math.sin((((isBrown ? x : y) % 12) / 12) * Math.PI) * 110 + grain[p % grain.length]
    truth.data.set(isBrown ? [light, light * 0.8, light * 0.5] : [light * 0.6, light * 0.75, light], p * 4)
    truth.data[p * 4 + 3] = 255
    if (x >= 290) mask.data[p] = 255
  }
  return { truth, mask }
}

it('tiles go on where the rim of a hole runs along their joints', async () => {
  const { truth, mask } = tiles()
  const engine = patchMatchFill(simdCore)
  const isBrown = (data: Uint8ClampedArray, p: number) => data[p * 4] > data[p * 4 + 2]
  for (const seed of SEEDS) {
    const image = { ...truth, data: truth.data.slice() }
    for (let p = 0; p < mask.data.length; p++) if (mask.data[p]) image.data.set([255, 0, 255, 255], p * 4)
    const { data } = await engine.run({ image, mask, seed, quality: 'standard', patchSide: 7 }, () => {})
    let [all, wrong] = [0, 0]
    for (let p = 0; p < mask.data.length; p++) {
      if (!mask.data[p]) continue
      all++
      if (isBrown(data, p) !== isBrown(truth.data, p)) wrong++
    }
    expect([seed, wrong / all < 0.01]).toEqual([seed, true])
  }
})
