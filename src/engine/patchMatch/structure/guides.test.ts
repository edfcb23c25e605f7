import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GrayImage, type RgbaImage } from '../../../core/image/raster'
import type { GuideLine } from '../../../core/mask/guideLine'
import type { FillRequest } from '../../fillEngine'
import { Random } from '../../random'
import { simdCore } from '../../simd/simdCore'
import { patchMatchFill } from '../patchMatchFill'
import { SEEDS, type Shade, drawScene, maskWhere, withoutHole } from '../scene.testkit'

/** Lines that the fill loses by itself, and follows where the user draws them. */

const [WIDTH, HEIGHT] = [240, 180]
const SIZE = { width: WIDTH, height: HEIGHT }

const random = new Random(31)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(10))

const draw = (shade: Shade) => drawScene(SIZE, shade, grain)

const maskOf = (inside: (x: number, y: number) => boolean) => maskWhere(SIZE, inside)

function requestOf(
  image: RgbaImage,
  mask: GrayImage,
  seed: number,
  guides?: readonly GuideLine[],
): FillRequest {
  return { image: withoutHole(image, mask), mask, seed, quality: 'standard', patchSide: 7, guides }
}

const fill = (request: FillRequest, core = simdCore) => patchMatchFill(core).run(request, () => {})

/** A curve y(x), and a hole over x in from..to. */
interface Scene {
  readonly curve: (x: number) => number
  readonly truth: RgbaImage
  readonly mask: GrayImage
  readonly from: number
  readonly to: number
  /** @returns where the line is in a column; NaN where it is not */
  readonly find: (image: RgbaImage, x: number) => number
}

/** Weeds: spots of three tones some px wide, each with an edge. */
const weeds = (x: number, y: number) =>
  [
    [96, 128, 60],
    [128, 152, 84],
    [112, 140, 72],
  ][((((x * 7 + ((y * y) >> 4)) >> 4) + ((y * 5 + x) >> 4) * 2) >> 0) % 3]

/** A dark line of some px. */
function thin(width: number, curve: (x: number) => number, ground: Shade): Scene {
  const truth = draw((x, y) => {
    const slope = curve(x + 0.5) - curve(x - 0.5)
    const part = Math.min(1, Math.max(0, width / 2 + 0.5 - Math.abs(y - curve(x)) / Math.hypot(1, slope)))
    return ground(x, y).map((value, c) => value * (1 - part) + [24, 30, 26][c] * part)
  })
  const [from, to] = [76, 164]
  const mask = maskOf((x, y) => x >= from && x < to && y >= 34 && y < 148)
  const find = ({ data }: RgbaImage, x: number) => {
    const dark = Array.from({ length: 114 }, (_, k) => 34 + k).filter((y) => data[(y * WIDTH + x) * 4] < 72)
    return dark.reduce((sum, y) => sum + y, 0) / dark.length
  }
  return { curve, truth, mask, from, to, find }
}

/** Two plain areas that meet in a curve. */
function edge(curve: (x: number) => number): Scene {
  const truth = draw((x, y) => (y < curve(x) ? [190, 190, 200] : [70, 90, 80]))
  const [from, to] = [76, 164]
  const mask = maskOf((x, y) => x >= from && x < to && y >= 20 && y < 160)
  const find = ({ data }: RgbaImage, x: number) => {
    let lit = 0
    for (let y = 0; y < HEIGHT; y++) if (data[(y * WIDTH + x) * 4] > 130) lit++
    return lit - 0.5
  }
  return { curve, truth, mask, from, to, find }
}

const SCENES: readonly (readonly [string, Scene])[] = [
  ['a stem of 1.5 px', thin(1.5, (x) => 60 + 0.35 * (x - 76) + 10 * Math.sin(x / 26), weeds)],
  ['a stem of 3 px', thin(3, (x) => 90 - 26 * Math.sin((x - 76) / 24), weeds)],
  [
    'a wire',
    thin(
      2,
      (x) => 70 + 24 * Math.sin((x - 76) / 28),
      () => [150, 178, 216],
    ),
  ],
  ['a curved edge', edge((x) => 90 + 34 * Math.sin((x - 76) / 28))],
]

/** As a hand draws it: some corners, and some px beside the line outside the hole. */
function drawn({ curve, from, to }: Scene, off: number): GuideLine {
  const points = []
  for (let x = from - 40; x <= to + 40; x += 8) points.push({ x, y: curve(x) + off })
  return { points }
}

/** The share of the hole's columns whose line is more than 2 px off. */
function lost({ curve, from, to, find }: Scene, image: RgbaImage): number {
  let count = 0
  for (let x = from; x < to; x++) if (!(Math.abs(find(image, x) - curve(x)) <= 2)) count++
  return count / (to - from)
}

describe.each(SCENES)('%s', (_, scene) => {
  it.each(SEEDS)('is whole along a guide, and lost without it, seed %i', async (seed) => {
    const { truth, mask } = scene
    expect(lost(scene, await fill(requestOf(truth, mask, seed)))).toBeGreaterThan(0.5)
    for (const off of [0, 2.5])
      expect(lost(scene, await fill(requestOf(truth, mask, seed, [drawn(scene, off)])))).toBeLessThan(0.012)
  })
})

const plain = draw(weeds)
const box = maskOf((x, y) => x >= 80 && x < 150 && y >= 50 && y < 120)

it.each<[string, GuideLine[]]>([
  [
    'lies outside the hole',
    [
      {
        points: [
          { x: 5, y: 5 },
          { x: 60, y: 170 },
        ],
      },
    ],
  ],
  [
    'lies outside the picture',
    [
      {
        points: [
          { x: -50, y: -5 },
          { x: 1e9, y: -1 },
        ],
      },
    ],
  ],
  ['has one point', [{ points: [{ x: 100, y: 80 }] }]],
  ['has none', [{ points: [] }]],
  [
    'has no length',
    [
      {
        points: [
          { x: 100, y: 80 },
          { x: 100, y: 80 },
          { x: 100, y: 80 },
        ],
      },
    ],
  ],
  [
    'has no numbers',
    [
      {
        points: [
          { x: NaN, y: 80 },
          { x: Infinity, y: 9 },
          { x: 120, y: 80 },
        ],
      },
    ],
  ],
  [
    'stays in the hole',
    [
      {
        points: [
          { x: 100, y: 75 },
          { x: 130, y: 95 },
        ],
      },
    ],
  ],
])('a guide that %s changes nothing', async (_, guides) => {
  const expected = await fill(requestOf(plain, box, 3))
  expect(Buffer.compare(await fill(requestOf(plain, box, 3, guides)).then(bytes), bytes(expected))).toBe(0)
})

const bytes = ({ data }: RgbaImage) => Buffer.from(data.buffer)

const point = fc.record({
  x: fc.oneof(fc.integer({ min: -60, max: WIDTH + 60 }), fc.double(), fc.constant(1e300)),
  y: fc.oneof(fc.integer({ min: -60, max: HEIGHT + 60 }), fc.double()),
})

it('whatever the guides: nothing outside the hole changes, and SIMD gives the bytes of the script', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ points: fc.array(point, { maxLength: 6 }) }), { maxLength: 3 }),
      fc.nat(1e6),
      async (guides, seed) => {
        const request = { ...requestOf(plain, box, seed, guides), quality: 'fast' } as const
        const filled = await fill(request)
        expect(Buffer.compare(bytes(await fill(request, () => null)), bytes(filled))).toBe(0)
        const changed = box.data.findIndex((inHole, p) => !inHole && filled.data[p * 4] !== plain.data[p * 4])
        expect(changed).toBe(-1)
      },
    ),
    { numRuns: 12 },
  )
})

it('a guide takes nothing from outside the sampling area', async () => {
  const stem = thin(3, () => 90, weeds)
  const sources = maskOf((_, y) => y > 110)
  const request = { ...requestOf(stem.truth, stem.mask, 1, [drawn(stem, 0)]), sources }
  const filled = await fill(request)
  for (let x = stem.from; x < stem.to; x++) expect(stem.find(filled, x)).toBeNaN()
})
