import { readFileSync } from 'node:fs'
import { decode } from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../../../core/image/raster'
import { Random } from '../../random'
import { simdCore } from '../../simd/simdCore'
import { baseLevel } from '../holePixels'
import { patchMatchFill } from '../patchMatchFill'
import { drawScene, maskWhere, SEEDS, type Shade, withoutHole } from '../scene.testkit'
import { planesIn, withPlaneCopies } from './planeCopies'
import { segmentsIn } from './segments'
import { vanishingPoints } from './vanishingPoints'

const SIZE = { width: 320, height: 260 }
const random = new Random(14)
const grain = Int32Array.from({ length: SIZE.width * SIZE.height }, () => random.around(4))
const tones = Int32Array.from({ length: 1024 }, () => random.around(14))
const mod = (value: number, by: number) => value - by * Math.floor(value / by)
const toneOf = (column: number, row: number) => tones[mod(column + 37 * row, 1024)]

const bricks: Shade = (u, v) => {
  const row = Math.floor(v / 16)
  const along = u + mod(row, 2) * 18
  if (mod(v, 16) < 2.5 || mod(along, 36) < 2.5) return [195, 190, 182]
  const tone = toneOf(Math.floor(along / 36), row)
  return [150 + tone, 84 + tone, 64 + tone]
}
const windows: Shade = (u, v) => {
  const [a, b] = [mod(u, 44), mod(v, 40)]
  if (a > 12 && a < 34 && b > 10 && b < 32) return [50 + b, 60 + b, 80 + b]
  return a > 10 && a < 36 && b > 8 && b < 34 ? [230, 228, 220] : [176, 150, 120]
}
const tiles: Shade = (u, v) => {
  const [column, row] = [Math.floor(u / 24), Math.floor(v / 24)]
  if (mod(u, 24) < 2 || mod(v, 24) < 2) return [90, 88, 84]
  const tone = toneOf(column, row)
  return mod(column + row, 2) ? [210 + tone, 205 + tone, 190 + tone] : [140 + tone, 130 + tone, 120 + tone]
}

/** Each pixel is the mean of four places in it. */
const smooth =
  (shade: Shade): Shade =>
  (x, y) => {
    const [a, b] = [shade(x - 0.25, y - 0.25), shade(x + 0.25, y - 0.25)]
    const [c, d] = [shade(x - 0.25, y + 0.25), shade(x + 0.25, y + 0.25)]
    return [0, 1, 2].map((k) => (a[k] + b[k] + c[k] + d[k]) / 4)
  }
/** A wall whose level lines meet at `at`, and whose upright ones are upright. */
const wall = (shade: Shade, at: { readonly x: number; readonly y: number }) =>
  drawScene(
    SIZE,
    smooth((x, y) => {
      const far = 260 / (x - at.x)
      return shade(700 * far, (y - at.y) * far)
    }),
    grain,
  )
const disc = maskWhere(SIZE, (x, y) => (x - 165) ** 2 + (y - 130) ** 2 < 48 ** 2)

const levelOf = (image: RgbaImage) => baseLevel(image, disc.data)
const familiesIn = (image: RgbaImage) => {
  const centre = { x: SIZE.width / 2, y: SIZE.height / 2, reach: SIZE.width / 2 }
  return vanishingPoints(
    segmentsIn(levelOf(image), () => {}),
    centre,
    () => {},
  )
}

const WALLS = [
  ['of bricks', bricks, { x: -160, y: 90 }, SEEDS.slice(0, 1)],
  ['of windows', windows, { x: -180, y: 150 }, SEEDS],
  ['of tiles', tiles, { x: 500, y: 130 }, SEEDS.slice(0, 1)],
] as const

describe.each(WALLS)('a wall %s in perspective', (_, shade, at, seeds) => {
  const truth = wall(shade, at)

  it('has its vanishing points found, to half a degree as seen from the hole', () => {
    const found = familiesIn(truth).map(({ point: { x, y, w } }) => {
      const [u, v] = [x - w * 165, y - w * 130]
      const length = Math.sqrt(u * u + v * v)
      return [u / length, v / length]
    })
    const degrees = ([x, y]: readonly [number, number]) =>
      Math.min(
        ...found.map(
          ([u, v]) => (Math.asin(Math.abs(x * v - y * u) / Math.sqrt(x * x + y * y)) * 180) / Math.PI,
        ),
      )
    expect(degrees([at.x - 165, at.y - 130])).toBeLessThan(0.5)
    expect(degrees([0, 1])).toBeLessThan(0.5)
  })

  it.each(seeds)('is filled as it recedes, with seed %i', async (seed) => {
    const run = (sources?: typeof disc) =>
      patchMatchFill(simdCore).run(
        { image: withoutHole(truth, disc), mask: disc, sources, seed, quality: 'standard', patchSide: 7 },
        () => {},
      )
    const psnrOf = ({ data }: RgbaImage) => {
      let [sum, count] = [0, 0]
      for (let p = 0; p < disc.data.length; p++)
        for (let c = 0; c < 3; c++) {
          const off = data[p * 4 + c] - truth.data[p * 4 + c]
          if (disc.data[p]) [sum, count] = [sum + off * off, count + 1]
          else if (off !== 0) throw new Error(`changed outside at ${p}`)
        }
      return 10 * Math.log10((255 * 255 * count) / sum)
    }
    const filled = await run()
    // A sampling area, of everything, is copied from as it is.
    const plain = await run({ ...disc, data: new Uint8Array(disc.data.length).fill(255) })
    expect(psnrOf(filled)).toBeGreaterThan(psnrOf(plain) + 2)
  })
})

it('the same seed makes the same bytes with both cores', async () => {
  const truth = wall(windows, { x: -180, y: 150 })
  const request = {
    image: withoutHole(truth, disc),
    mask: disc,
    seed: 4,
    quality: 'fast',
    patchSide: 7,
  } as const
  const [script, simd] = [
    await patchMatchFill().run(request, () => {}),
    await patchMatchFill(simdCore).run(request, () => {}),
  ]
  expect(Buffer.from(script.data).equals(Buffer.from(simd.data))).toBe(true)
})

describe('no plane is found', () => {
  const sample = (name: string) => {
    const { width, height, data } = decode(readFileSync(`public/samples/${name}.jpg`), { useTArray: true })
    return drawScene(SIZE, (x, y) => {
      const p = 4 * (Math.floor((y * height) / SIZE.height) * width + Math.floor((x * width) / SIZE.width))
      return [...data.subarray(p, p + 3)]
    })
  }
  it.each([
    ['noise', () => drawScene(SIZE, () => [random.below(256), random.below(256), random.below(256)])],
    ['grain on film', () => drawScene(SIZE, (x, y) => [90 + x / 4, 100 + y / 4, 120], grain)],
    [
      'stripes',
      () => drawScene(SIZE, (x, y) => ((x + 2 * y) % 20 < 8 ? [200, 190, 180] : [80, 90, 100]), grain),
    ],
    ['a wall straight on', () => drawScene(SIZE, smooth(bricks), grain)],
    ['a face', () => sample('chelsea')],
    ['a cup', () => sample('coffee')],
    ['a rocket', () => sample('rocket')],
  ] as const)('in %s', (_, make) => {
    const level = levelOf(make())
    expect(planesIn(level, () => {})).toEqual([])
    expect(withPlaneCopies(level, 1, () => {})).toBeNull()
    expect(level.color).toHaveLength(SIZE.width * SIZE.height)
  })
})
