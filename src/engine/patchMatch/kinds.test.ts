import { expect, it } from 'vitest'
import { Random } from '../random'
import { dominantOffsets } from './dominantOffsets'
import { baseLevel } from './holePixels'
import { type Shade, drawScene } from './scene.testkit'

const [WIDTH, HEIGHT] = [240, 200]
const random = new Random(14)
const grain = Int32Array.from({ length: WIDTH * HEIGHT }, () => random.around(3))

const draw = (shade: Shade) => drawScene({ width: WIDTH, height: HEIGHT }, shade, grain)

it('finds the offsets by which a wall repeats itself, for each level', () => {
  const wall = draw((x, y) => {
    const row = Math.floor(y / 20)
    const isJoint = y % 20 < 3 || (x + (row % 2) * 18) % 36 < 3
    return isJoint ? [200, 195, 190] : [150, 80, 60]
  })
  const level = baseLevel(wall, new Uint8Array(WIDTH * HEIGHT))
  const [{ pairs }] = dominantOffsets([level], [3], new Random(1))
  expect(pairs.length).toBeGreaterThan(20)
  for (let k = 0; k < 12; k += 2) {
    expect(Math.abs(pairs[k + 1] % 20)).toBe(0)
    expect(Math.abs(pairs[k] % 36)).toBe(Math.abs(pairs[k + 1] / 20) % 2 === 0 ? 0 : 18)
  }
})
