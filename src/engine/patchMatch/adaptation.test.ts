import { describe, expect, it } from 'vitest'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import type { Adaptation } from '../fillEngine'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'

/** Pictures whose hole shows what the rest has only otherwise: mirrored, turned, larger, in another light. */

const SEEDS = [1, 2, 77, 5, 9]
const [WIDTH, HEIGHT] = [192, 144]

type Shade = (x: number, y: number) => readonly [number, number, number]

const random = new Random(31)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(5))

function draw(shade: Shade): RgbaImage {
  const image = createRgba(WIDTH, HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const color = shade(p % WIDTH, Math.floor(p / WIDTH))
    image.data.set([...color.map((value) => value + grain[p]), 255], p * 4)
  }
  return image
}

const box = (left: number, top: number, right: number, bottom: number) => {
  const mask = createGray(WIDTH, HEIGHT)
  for (let y = top; y < bottom; y++) mask.data.fill(255, y * WIDTH + left, y * WIDTH + right)
  return mask
}

function fill(truth: RgbaImage, mask: GrayImage, seed: number, adaptation?: Partial<Adaptation>) {
  const data = truth.data.slice()
  for (let p = 0; p < mask.data.length; p++) if (mask.data[p]) data.set([255, 0, 255, 255], p * 4)
  return patchMatchFill(simdCore).run(
    { image: { ...truth, data }, mask, seed, quality: 'standard', patchSide: 7, adaptation },
    () => {},
  )
}

/** Mean difference from the truth over the hole, levels: the mean of the seeds. */
async function error(truth: RgbaImage, mask: GrayImage, adaptation?: Partial<Adaptation>): Promise<number> {
  let [sum, count] = [0, 0]
  for (const seed of SEEDS) {
    const filled = await fill(truth, mask, seed, adaptation)
    for (let p = 0; p < mask.data.length; p++) {
      if (!mask.data[p]) continue
      for (let c = 0; c < 3; c++) sum += Math.abs(filled.data[p * 4 + c] - truth.data[p * 4 + c])
      count += 3
    }
  }
  return sum / count
}

const GLAZES = [
  [214, 196, 166],
  [92, 70, 58],
  [150, 60, 50],
  [70, 100, 140],
  [120, 140, 90],
] as const
const glazeOf = Uint8Array.from({ length: 1024 }, () => random.below(GLAZES.length))
/** Tiles of 12 px, each of one glaze. */
const tiled: Shade = (x, y) => GLAZES[glazeOf[(Math.floor(x / 12) & 31) * 32 + (Math.floor(y / 12) & 31)]]

describe('copies that are', () => {
  it('mirrored complete a front whose halves are images of each other', async () => {
    const truth = draw((x, y) => tiled(x < 96 ? x : 191 - x, y))
    const mask = box(120, 48, 168, 96)
    const plain = await error(truth, mask)
    expect(await error(truth, mask, { mirror: true })).toBeLessThan(0.5 * plain)
  })

  it('turned complete a rosette', async () => {
    // Each quarter is the one before, turned by 90 degrees about (96, 72).
    const truth = draw((x, y) => {
      let [u, v] = [x - 95.5, y - 71.5]
      for (let turn = 0; turn < 3 && !(u > 0 && v > 0); turn++) [u, v] = [v, -u]
      return tiled(Math.floor(u), Math.floor(v))
    })
    const mask = box(102, 24, 140, 62)
    const plain = await error(truth, mask)
    expect(await error(truth, mask, { rotate: true })).toBeLessThan(0.5 * plain)
  })

  it('scaled complete what is seen once more, nearer', async () => {
    const shell = (x: number, y: number): readonly [number, number, number] => {
      const [far, turn] = [Math.hypot(x, y) / 34, Math.atan2(y, x)]
      const fade = Math.max(0, 1 - far ** 4)
      const of = (rings: number, lobes: number) =>
        150 + 70 * fade * Math.sin(far * rings + 1) * Math.cos(lobes * turn + 2 * far)
      return [of(9, 1), of(7, 2), of(5, 3)]
    }
    const truth = draw((x, y) => (x < 80 ? shell(x - 40, y - 72) : shell((x - 134) / 1.25, (y - 72) / 1.25)))
    const mask = box(122, 40, 160, 76)
    const plain = await error(truth, mask)
    expect(await error(truth, mask, { scale: true })).toBeLessThan(0.75 * plain)
  })

  it('all asked for change not a byte outside, and are the same again with the same seed', async () => {
    const truth = draw(tiled)
    const mask = box(60, 40, 120, 144)
    const all = { mirror: true, rotate: true, scale: true, color: 'high' } as const
    const [one, two] = [await fill(truth, mask, 2, all), await fill(truth, mask, 2, all)]
    expect(Buffer.from(one.data).equals(Buffer.from(two.data))).toBe(true)
    for (let p = 0; p < mask.data.length; p++) {
      const [at, end] = [p * 4, p * 4 + 4]
      if (mask.data[p]) expect(one.data[at + 3]).toBe(255)
      else if (!Buffer.from(one.data.subarray(at, end)).equals(Buffer.from(truth.data.subarray(at, end))))
        throw new Error(`changed outside at ${p}`)
    }
  })
})

describe('with transparency', () => {
  /** Half the tiles are holes with a green that must not show; the halves are images of each other. */
  const HIDDEN = [0, 255, 0, 0] as const
  const isClear = (x: number, y: number) =>
    (glazeOf[(Math.floor(x / 12) & 31) * 32 + (Math.floor(y / 12) & 31)] & 1) === 1
  const truth = draw(tiled)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
    const u = x < 96 ? x : 191 - x
    if (isClear(u, y)) truth.data.set(HIDDEN, p * 4)
    else truth.data.set([...tiled(u, y).map((value) => value + grain[p]), 255], p * 4)
  }
  const mask = box(120, 48, 168, 96)
  const holes = [...mask.data.keys()].filter((p) => mask.data[p] > 0)

  it.each(SEEDS)('mirrored copies bring alpha along, with seed %i', async (seed) => {
    const wrong = async (adaptation?: Partial<Adaptation>) => {
      const { data } = await fill(truth, mask, seed, adaptation)
      return holes.filter((p) => Math.abs(data[p * 4 + 3] - truth.data[p * 4 + 3]) > 127).length
    }
    expect(await wrong({ mirror: true })).toBeLessThan(0.25 * (await wrong()))
  })

  it.each(SEEDS)('no copy shows what alpha 0 hides, with seed %i', async (seed) => {
    // The right half is the left one, nearer: what the hole covers is seen whole in a scaled copy alone.
    const near = draw(tiled)
    for (let p = 0; p < WIDTH * HEIGHT; p++) {
      const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
      const [u, v] = x < 96 ? [x, y] : [(x - 96) / 1.25, y / 1.25]
      if (isClear(u, v)) near.data.set(HIDDEN, p * 4)
      else near.data.set([...tiled(u, v).map((value) => value + grain[p]), 255], p * 4)
    }
    const { data } = await fill(near, mask, seed, { scale: true })
    for (let p = 0; p < mask.data.length; p++) {
      const [red, green, blue, alpha] = data.subarray(p * 4, p * 4 + 4)
      if (!mask.data[p]) expect([red, green, blue, alpha]).toEqual([...near.data.subarray(p * 4, p * 4 + 4)])
      else if (alpha > 0) expect([p, green > Math.max(red, blue) + 35]).toEqual([p, false])
    }
  })

  it.each(SEEDS)('the same seed makes the same bytes, with seed %i', async (seed) => {
    const all = { mirror: true, rotate: true, scale: true }
    const [one, two] = [await fill(truth, mask, seed, all), await fill(truth, mask, seed, all)]
    expect(Buffer.from(one.data).equals(Buffer.from(two.data))).toBe(true)
  })
})

describe('colour', () => {
  const glow = (x: number, y: number) => 60 * Math.sin(x / 17) * Math.sin(y / 15)
  const tiles: Shade = (x, y) => {
    const light = 120 + glow(x, y)
    const part = x % 16 < 3 || (y + 5 * (Math.floor(x / 16) % 2)) % 12 < 3 ? 34 : 0
    return [light + part, light - 8 + part, light - 20]
  }

  it('adapted highly lets a pattern go on through light and shadow', async () => {
    const truth = draw(tiles)
    const mask = box(84, 56, 124, 92)
    const plain = await error(truth, mask)
    expect(await error(truth, mask, { color: 'high' })).toBeLessThan(0.8 * plain)
  })

  it('not adapted has no colour that the picture does not have', async () => {
    const hue = (p: number) => [grain[p], grain[(p * 7) % grain.length], grain[(p * 13) % grain.length]]
    const truth = draw((x, y) => {
      const [a, b, c] = hue(y * WIDTH + x)
      return [120 + glow(x, y) + 4 * a, 130 + 5 * b, 140 - glow(x, y) + 6 * c]
    })
    const mask = box(84, 56, 124, 92)
    const colorsOf = ({ data }: RgbaImage, inHole: boolean) => {
      const found = new Set<number>()
      for (let p = 0; p < mask.data.length; p++)
        if (mask.data[p] > 0 === inHole)
          found.add((data[p * 4] << 16) | (data[p * 4 + 1] << 8) | data[p * 4 + 2])
      return found
    }
    const own = colorsOf(truth, false)
    const made = async (adaptation?: Partial<Adaptation>) =>
      [...colorsOf(await fill(truth, mask, 1, adaptation), true)].filter((color) => !own.has(color)).length
    expect(await made({ color: 'none' })).toBe(0)
    expect(await made()).toBeGreaterThan(100)
  })
})
