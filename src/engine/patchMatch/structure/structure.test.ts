import { describe, expect, it } from 'vitest'
import { type RgbaImage } from '../../../core/image/raster'
import { Random } from '../../random'
import { type Shade, drawScene, maskWhere, fillings } from '../scene.testkit'

/** Lines that meet a hole on both sides, with five seeds and two qualities. */

const [WIDTH, HEIGHT] = [192, 144]
const SIZE = { width: WIDTH, height: HEIGHT }

const random = new Random(12)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(4))

const draw = (shade: Shade) => drawScene(SIZE, shade, grain)

const maskOf = (inside: (x: number, y: number) => boolean) => maskWhere(SIZE, inside)

/** Mean difference from the truth over the pixels that `at` names. */
function error(image: RgbaImage, truth: RgbaImage, at: (x: number, y: number) => boolean): number {
  let [sum, count] = [0, 0]
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    if (!at(p % WIDTH, Math.floor(p / WIDTH))) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(image.data[p * 4 + c] - truth.data[p * 4 + c])
    count += 3
  }
  return sum / count
}

describe('a line that meets the hole on both sides', () => {
  const horizon = (x: number) => 68 + 0.06 * x
  const sea: Shade = (x, y) =>
    y < horizon(x) ? [150 + y / 4, 180 + y / 4, 235] : [24, 92 + 6 * Math.sin(y * 0.9), 124]

  it('of two areas goes straight through, without a stain beside it', async () => {
    const truth = draw(sea)
    const inHole = (x: number, y: number) => x >= 60 && x < 132 && y >= 44 && y < 100
    for await (const filled of fillings(truth, maskOf(inHole))) {
      for (let x = 60; x < 132; x++) {
        const lit = Array.from({ length: 56 }, (_, k) => filled.data[((44 + k) * WIDTH + x) * 4] > 90)
        expect(Math.abs(44 + lit.filter(Boolean).length - horizon(x))).toBeLessThanOrEqual(2)
      }
      expect(error(filled, truth, (x, y) => inHole(x, y) && Math.abs(y - horizon(x)) > 3)).toBeLessThan(7)
    }
  })

  it('and is a thin arc stays as thin and dark, and bends no further', async () => {
    const wire = (x: number) => 60 + ((x - 96) / 30) ** 2
    const truth = draw((x, y) => {
      const part = Math.max(0, 1 - Math.abs(y - wire(x)) / 1.6)
      return [150, 178, 226].map((value) => value * (1 - part) + 30 * part)
    })
    const mask = maskOf((x, y) => (x - 96) ** 2 + (y - 58) ** 2 < 26 ** 2)
    for await (const filled of fillings(truth, mask)) {
      for (let x = 72; x < 120; x++) {
        const column = Array.from({ length: 30 }, (_, k) => filled.data[((45 + k) * WIDTH + x) * 4])
        const darkest = column.indexOf(Math.min(...column))
        expect(Math.abs(45 + darkest - wire(x))).toBeLessThanOrEqual(1.6)
        expect(column[darkest]).toBeLessThan(110)
        expect(column.filter((value) => value < 110).length).toBeLessThanOrEqual(4)
      }
    }
  })

  it('and is one of many stripes meets its own other end', async () => {
    const truth = draw((x, y) => ((x + y * 0.25) % 22 < 11 ? [200, 58, 58] : [232, 228, 218]))
    const inHole = (x: number, y: number) => x >= 66 && x < 126 && y >= 30 && y < 114
    for await (const filled of fillings(truth, maskOf(inHole)))
      expect(error(filled, truth, inHole)).toBeLessThan(9)
  })

  it('and is one of several close ones, as of rails that come nearer, goes straight on', async () => {
    const rails = [-48, -36, -24, -12, 0, 12, 24, 36, 48]
    const truth = draw((x, y) => {
      const near = 0.55 + x / 240
      const rail = rails.findIndex((off) => Math.abs(y - 72 - off * near) <= 2 * near)
      return rail < 0 ? [128, 132, 126] : [60 + 20 * rail, 230 - 20 * rail, 40 + ((rail * 67) % 200)]
    })
    const inHole = (x: number, y: number) => x >= 66 && x < 126 && y >= 20 && y < 124
    for await (const filled of fillings(truth, maskOf(inHole)))
      expect(error(filled, truth, inHole)).toBeLessThan(6)
  })

  it('goes on behind a fence', async () => {
    const truth = draw((x, y) => ((x - 96) ** 2 + (y - 72) ** 2 < 50 ** 2 ? [224, 186, 160] : [60, 110, 70]))
    const inHole = (x: number, y: number) => (x + y) % 44 < 6 || (x - y + 440) % 44 < 6
    const onEdge = (x: number, y: number) => Math.abs(Math.hypot(x - 96, y - 72) - 50) > 2
    for await (const filled of fillings(truth, maskOf(inHole)))
      expect(error(filled, truth, (x, y) => inHole(x, y) && onEdge(x, y))).toBeLessThan(7)
  })
})
