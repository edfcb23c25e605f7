import { describe, expect, it } from 'vitest'
import { createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { runSelection } from '../../core/mask/select/selection'
import { Random } from '../random'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'
import { SEEDS, QUALITIES, maskWhere } from './scene.testkit'

/** Scenes on which a fill is judged at a glance: each with five seeds and two qualities. */

const [WIDTH, HEIGHT] = [160, 120]
const SIZE = { width: WIDTH, height: HEIGHT }

const PALETTE = [
  [20, 12, 28],
  [68, 137, 26],
  [190, 38, 51],
  [224, 111, 139],
] as const
const [BLACK, WHITE] = [
  [0, 0, 0],
  [255, 255, 255],
] as const

function fillings(image: RgbaImage, mask: GrayImage): Promise<RgbaImage[]> {
  const engine = patchMatchFill(simdCore)
  return Promise.all(
    QUALITIES.flatMap((quality) =>
      SEEDS.map((seed) => engine.run({ image, mask, seed, quality, patchSide: 7 }, () => {})),
    ),
  )
}

function draw(color: (x: number, y: number) => readonly number[]): RgbaImage {
  const image = createRgba(WIDTH, HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [r, g, b, a = 255] = color(p % WIDTH, Math.floor(p / WIDTH))
    image.data.set([r, g, b, a], p * 4)
  }
  return image
}

const maskOf = (inside: (x: number, y: number) => boolean) => maskWhere(SIZE, inside)

/** The mean difference of a channel over the pixels that a mask covers. */
function meanError(image: RgbaImage, expected: RgbaImage, { data }: GrayImage): number {
  let sum = 0
  let count = 0
  for (let p = 0; p < data.length; p++) {
    if (!data[p]) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(image.data[p * 4 + c] - expected.data[p * 4 + c])
    count += 3
  }
  return sum / count
}

describe('an object on a soft ground', () => {
  const random = new Random(3)
  const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(3))
  const ground = (x: number, y: number) =>
    [175 + x / 8, 190 - y / 10, 185 + y / 8].map((value) => Math.round(value + grain[y * WIDTH + x]))
  const shareAt = (x: number, y: number) => {
    let inside = 0
    for (let k = 0; k < 64; k++) {
      const [dx, dy] = [(k % 8) / 8 + 0.0625, Math.floor(k / 8) / 8 + 0.0625]
      if (((x + dx - 80) / 28) ** 2 + ((y + dy - 60) / 20) ** 2 <= 1) inside++
    }
    return inside / 64
  }
  const clean = draw(ground)
  const OBJECT = [30, 20, 40]
  /** Pixels that are nearer to the object than to the ground. */
  const leftOf = ({ data }: RgbaImage) => {
    let left = 0
    for (let p = 0; p < WIDTH * HEIGHT; p++) if (data[p * 4 + 1] < 100) left++
    return left
  }
  const photo = draw((x, y) => {
    const part = shareAt(x, y)
    return ground(x, y).map((value, c) => Math.round(part * OBJECT[c] + (1 - part) * value))
  })

  it.each([
    [
      'the wand',
      { kind: 'color', point: { x: 80, y: 60 }, options: { tolerance: 32, contiguous: true, sample: 1 } },
    ],
    ['smart select', { kind: 'object', outline: [{ x: 80, y: 60 }], whole: true }],
  ] as const)('leaves no ghost after %s', async (_, selection) => {
    const { rect, image } = runSelection(photo, selection)
    const mask = maskOf((x, y) => {
      const [i, j] = [x - rect.x, y - rect.y]
      return i >= 0 && j >= 0 && i < rect.width && j < rect.height && image.data[j * rect.width + i] > 0
    })
    for (const filled of await fillings(photo, mask)) {
      expect(meanError(filled, clean, mask)).toBeLessThan(4)
      expect(leftOf(filled)).toBeLessThanOrEqual(5)
      expect(
        meanError(
          filled,
          clean,
          maskOf((x, y) => shareAt(x, y) > 0 && shareAt(x, y) < 1),
        ),
      ).toBeLessThan(6)
    }
  })

  it('leaves no ghost in a mask that is a pixel too tight', async () => {
    const mask = maskOf((x, y) => shareAt(x, y) === 1)
    for (const filled of await fillings(photo, mask)) expect(meanError(filled, clean, mask)).toBeLessThan(8)
  })

  it('copies nothing of a sliver that a mask leaves', async () => {
    const mask = maskOf((x, y) => shareAt(x, y) > 0 && x < 105)
    for (const filled of await fillings(photo, mask)) expect(meanError(filled, clean, mask)).toBeLessThan(3)
  })
})

describe('discrete art', () => {
  const colors = ({ data }: RgbaImage, at: (p: number) => boolean) => {
    const found = new Set<number>()
    for (let p = 0; p < WIDTH * HEIGHT; p++) {
      if (at(p)) found.add((data[p * 4] << 16) | (data[p * 4 + 1] << 8) | data[p * 4 + 2])
    }
    return found
  }

  it.each([
    ['pixel art', (x: number, y: number) => PALETTE[((x >> 3) + 2 * (y >> 3)) % 4]],
    [
      'a drawing',
      (x: number, y: number) => (Math.abs(Math.hypot(x - 80, y - 60) - 50) < 1.5 ? BLACK : WHITE),
    ],
  ])('%s keeps to its own colours', async (_, color) => {
    const art = draw(color)
    const mask = maskOf((x, y) => x >= 90 && x < 138 && y >= 40 && y < 84)
    const own = colors(art, (p) => mask.data[p] === 0)
    for (const filled of await fillings(art, mask)) {
      for (const seen of colors(filled, (p) => mask.data[p] > 0)) expect(own).toContain(seen)
    }
  })
})

describe('an outline', () => {
  const [CX, CY, R] = [80, 60, 46]
  const coverage = (x: number, y: number) =>
    Math.min(1, Math.max(0, 2 - Math.abs(Math.hypot(x - CX, y - CY) - R)))

  it.each([
    ['with hard edges', (x: number, y: number) => (coverage(x, y) >= 0.5 ? BLACK : WHITE)],
    [
      'with soft edges',
      (x: number, y: number) => WHITE.map((value) => Math.round(value * (1 - coverage(x, y)))),
    ],
  ])('%s misses no degree, and leaves no grey in the white', async (_, color) => {
    const art = draw(color)
    const mask = maskOf((x, y) => x >= 96 && x < 140 && y >= 48 && y < 72)
    for (const filled of await fillings(art, mask)) {
      const at = (x: number, y: number) => filled.data[(Math.round(y) * WIDTH + Math.round(x)) * 4]
      const missing: number[] = []
      for (let degree = 0; degree < 360; degree++) {
        const [dx, dy] = [Math.cos((degree / 180) * Math.PI), Math.sin((degree / 180) * Math.PI)]
        const darkest = Math.min(
          ...[-2, -1, 0, 1, 2].map((off) => at(CX + dx * (R + off), CY + dy * (R + off))),
        )
        if (darkest > 100) missing.push(degree)
      }
      expect(missing).toEqual([])
      for (let p = 0; p < mask.data.length; p++) {
        const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
        const value = filled.data[p * 4]
        if (Math.abs(Math.hypot(x - CX, y - CY) - R) > 5) expect([x, y, value]).toEqual([x, y, 255])
      }
    }
  })
})

describe('transparency', () => {
  const random = new Random(8)
  const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(12))
  const surface = (x: number, y: number, alpha: number) => {
    const g = grain[y * WIDTH + x]
    // The colour under alpha 0 must not show.
    return alpha > 0 ? [150 + g, 120 + g, 60 + g, alpha] : [0, 255, 0, 0]
  }

  it('of masked corners, soft edges left out, becomes the opaque picture', async () => {
    const alphaAt = (x: number, y: number) => Math.min(255, Math.max(0, (x + y - 40) * 100))
    const photo = draw((x, y) => surface(x, y, alphaAt(x, y)))
    const mask = maskOf((x, y) => alphaAt(x, y) === 0)
    for (const filled of await fillings(photo, mask)) {
      const holes = [...mask.data.keys()].filter((p) => mask.data[p] > 0)
      const opaque = holes.filter((p) => filled.data[p * 4 + 3] === 255).length
      expect(opaque / holes.length).toBeGreaterThanOrEqual(0.999)
    }
  })

  it('around a hole goes on in it', async () => {
    const photo = draw((x, y) => surface(x, y, x < 60 ? 255 : 0))
    const mask = maskOf((x, y) => x >= 90 && x < 120 && y >= 40 && y < 70)
    for (const filled of await fillings(photo, mask)) {
      for (let p = 0; p < mask.data.length; p++)
        if (mask.data[p]) expect(filled.data[p * 4 + 3]).toBeLessThanOrEqual(2)
    }
  })

  it('ends along an edge that the hole interrupts, and hides its colour', async () => {
    const photo = draw((x, y) => surface(x, y, x < 80 ? 255 : 0))
    const mask = maskOf((x, y) => x >= 66 && x < 94 && y >= 45 && y < 73)
    for (const filled of await fillings(photo, mask)) {
      for (let p = 0; p < mask.data.length; p++) {
        if (!mask.data[p]) continue
        const x = p % WIDTH
        const [, green, , alpha] = filled.data.subarray(p * 4, p * 4 + 4)
        if (Math.abs(x - 79.5) > 2) expect(alpha).toBe(x < 80 ? 255 : 0)
        if (alpha > 0) expect(green).toBeLessThan(150)
      }
    }
  })
})
