import { expect, it } from 'vitest'
import { createRgba, type RgbaImage } from '../../core/image/raster'
import { Random } from '../random'
import { maskWhere, fillings } from './scene.testkit'

/** Holes at the picture's border, skies and grain: each with five seeds and two qualities. */

const [WIDTH, HEIGHT] = [192, 144]
const SIZE = { width: WIDTH, height: HEIGHT }

const random = new Random(21)
/** About a normal distribution, standard deviation 1. */
const noise = Float64Array.from({ length: WIDTH * HEIGHT * 3 }, () => {
  let sum = 0
  for (let k = 0; k < 12; k++) sum += random.below(10_000) / 10_000 - 0.5
  return sum
})

function draw(deviation: number, shade: (x: number, y: number) => readonly number[]): RgbaImage {
  const image = createRgba(WIDTH, HEIGHT)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const color = shade(p % WIDTH, Math.floor(p / WIDTH))
    image.data.set([...color.map((value, c) => Math.round(value + deviation * noise[p * 3 + c])), 255], p * 4)
  }
  return image
}

const maskOf = (inside: (x: number, y: number) => boolean) => maskWhere(SIZE, inside)

/** Standard deviation of green from the mean of 5 x 5 px, over the pixels of a rectangle. */
function grainOf({ data }: RgbaImage, left: number, top: number, right: number, bottom: number): number {
  let [sum, count] = [0, 0]
  for (let y = top + 2; y < bottom - 2; y++) {
    for (let x = left + 2; x < right - 2; x++) {
      let mean = 0
      for (let j = -2; j <= 2; j++)
        for (let i = -2; i <= 2; i++) mean += data[((y + j) * WIDTH + x + i) * 4 + 1] / 25
      sum += (data[(y * WIDTH + x) * 4 + 1] - mean) ** 2
      count++
    }
  }
  return Math.sqrt(sum / count)
}

/** By 12 px squares of a rectangle: the mean of a channel less that of the shade without grain, levels. */
function worstLight(
  { data }: RgbaImage,
  [left, top, right, bottom]: readonly [number, number, number, number],
  shade: (x: number, y: number) => readonly number[],
): number {
  let worst = 0
  for (let y = top; y + 12 <= bottom; y += 12) {
    for (let x = left; x + 12 <= right; x += 12) {
      const off = [0, 0, 0]
      for (let j = y; j < y + 12; j++)
        for (let i = x; i < x + 12; i++)
          shade(i, j).forEach((value, c) => (off[c] += (data[(j * WIDTH + i) * 4 + c] - value) / 144))
      worst = Math.max(worst, ...off.map(Math.abs))
    }
  }
  return worst
}

it('keeps nine tenths of the grain', async () => {
  const photo = draw(10, (x, y) => [120 + x / 6, 110 + x / 8 + y / 12, 105 + y / 5])
  const mask = maskOf((x, y) => ((x - 96) / 40) ** 2 + ((y - 72) / 30) ** 2 < 1)
  const around = grainOf(photo, 76, 57, 116, 87)
  for await (const filled of fillings(photo, mask))
    expect(grainOf(filled, 76, 57, 116, 87) / around).toBeGreaterThanOrEqual(0.9)
})

it('lets a sky go on darkening to the border', async () => {
  const sky = (_: number, y: number) => [60 + y * 0.9, 110 + y * 0.7, 190 + y * 0.3]
  const photo = draw(2, sky)
  for await (const filled of fillings(
    photo,
    maskOf((_, y) => y < 36),
  ))
    expect(worstLight(filled, [0, 0, 192, 36], sky)).toBeLessThan(6)
})

it('and a vignette in its corner', async () => {
  const vignette = (x: number, y: number) => {
    const far = ((x - 96) / 96) ** 2 + ((y - 72) / 72) ** 2
    return [190 - 45 * far, 180 - 45 * far, 160 - 40 * far]
  }
  const photo = draw(3, vignette)
  for await (const filled of fillings(
    photo,
    maskOf((x, y) => x >= 144 && y >= 108),
  ))
    expect(worstLight(filled, [144, 108, 192, 144], vignette)).toBeLessThan(9)
})

it('continues a line and texture to the border', async () => {
  const horizon = (x: number) => 60 + 0.15 * x
  const photo = draw(5, (x, y) => (y < horizon(x) ? [170, 190, 235] : [60, 90 + 12 * Math.sin(x * 0.7), 60]))
  for await (const filled of fillings(
    photo,
    maskOf((x) => x >= 132),
  )) {
    let right = 0
    for (let x = 132; x < 192; x++) {
      const lit = Array.from({ length: HEIGHT }, (_, y) => filled.data[(y * WIDTH + x) * 4] > 115)
      if (Math.abs(lit.filter(Boolean).length - horizon(x)) <= 2) right++
    }
    expect(right / 60).toBeGreaterThanOrEqual(0.95)
    expect(grainOf(filled, 172, 100, 192, 144) / grainOf(filled, 92, 100, 112, 144)).toBeGreaterThan(0.85)
  }
})
