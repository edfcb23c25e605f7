import { expect, it } from 'vitest'
import { createRgba } from '../../core/image/raster'
import { Random } from '../random'
import { baseLevel } from './holePixels'
import { misfitOf } from './misfit'
import { OffsetField } from './offsetField'

const [WIDTH, HEIGHT] = [96, 64]

/** A field over a hole in a picture that repeats itself every 8 px, each match so far off from its own place. */
function fieldOf(dx: (x: number, y: number) => number): OffsetField {
  const random = new Random(4)
  const tile = Uint8Array.from({ length: 8 * 8 * 3 }, () => random.below(256))
  const image = createRgba(WIDTH, HEIGHT)
  const mask = new Uint8Array(WIDTH * HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
    const at = ((y % 8) * 8 + (x % 8)) * 3
    image.data.set([tile[at], tile[at + 1], tile[at + 2], 255], p * 4)
    if (x >= 60 && x < 80 && y >= 20 && y < 44) mask[p] = 255
  }
  const field = new OffsetField(baseLevel(image, mask), 3, 0)
  field.targets.forEach((p, i) => field.setMatch(i, p + dx(p % WIDTH, Math.floor(p / WIDTH))))
  return field
}

const misfit = (dx: (x: number, y: number) => number) => misfitOf(fieldOf(dx), () => {})

it('is nothing where one piece fits, or pieces that continue each other', () => {
  expect(misfit(() => -40)).toBe(0)
  expect(misfit((x) => (x < 70 ? -40 : -48))).toBe(0)
})

it('counts a rim that does not fit, and breaks inside, each the more the longer it is', () => {
  const rim = misfit(() => -37)
  expect(rim).toBeGreaterThan(0)
  const short = misfit((x, y) => (x >= 66 && x < 72 && y >= 28 && y < 34 ? -37 : -40))
  const long = misfit((x, y) => (x >= 62 && x < 78 && y >= 22 && y < 42 ? -37 : -40))
  expect(short).toBeGreaterThan(0)
  expect(long).toBeGreaterThan(short)
  expect(misfit((x, y) => ((x + y) % 2 ? -37 : -40))).toBeGreaterThan(long)
})
