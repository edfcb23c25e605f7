import { expect, it } from 'vitest'
import { ringsAround } from '../../core/image/mixedRim'
import { Random } from '../random'
import { baseLevel } from './holePixels'
import { writeTexture } from './pyramid'
import { offUniformRim } from './uniformRim'
import { drawScene, fillings, maskWhere, type Shade } from './scene.testkit'

const SIZE = { width: 224, height: 160 }
const [PANEL, LEAVES] = [
  [11, 20, 17],
  [12, 14, 8],
]
const random = new Random(9)
const rough = Int32Array.from({ length: SIZE.width * SIZE.height }, () => random.around(14))
const grain = Int32Array.from(rough, () => random.around(2))

const isPanel = (x: number, y: number) => x >= 22 && x < 202 && y >= 34
const beforeLeaves: Shade = (x, y) => {
  const p = y * SIZE.width + x
  const [color, noise] = isPanel(x, y) ? [PANEL, grain[p]] : [LEAVES, rough[p]]
  return color.map((value) => Math.max(0, value + noise))
}
const mask = maskWhere(SIZE, (x, y) => x >= 40 && x < 184 && y >= 52 && y < 142)

it('nothing of what is behind a dark panel is copied into it, though hardly any of the panel is left', async () => {
  for await (const { data } of fillings(drawScene(SIZE, beforeLeaves), mask)) {
    let wrong = 0
    for (let p = 0; p < mask.data.length; p++)
      if (mask.data[p] && PANEL.some((value, c) => Math.abs(data[p * 4 + c] - value) > 5)) wrong++
    expect(wrong).toBe(0)
  }
})

function offRim(shade: Shade, noise?: Int32Array) {
  const level = baseLevel(drawScene(SIZE, shade, noise), mask.data)
  writeTexture(level, 4)
  const rim = ringsAround(level.hole, SIZE.width).flat()
  return { off: offUniformRim(level, rim), at: (x: number, y: number) => level.color[y * SIZE.width + x] }
}

it('what is behind a panel is off its colour, and the panel is not', () => {
  const { off, at } = offRim(beforeLeaves)
  expect(off?.(at(30, 100))).toBe(0)
  const behind = Array.from({ length: 180 }, (_, k) => off?.(at(20 + k, 10)) ?? 0)
  expect(behind.filter((levels) => levels > 0).length).toBeGreaterThan(150)
})

it.each<[string, Shade]>([
  ['a faint line on a wall is its own', (_, y) => (Math.abs(y - 90) < 2 ? [105, 105, 105] : [120, 120, 120])],
  [
    'a rim half in a wall and half in a sky is of two colours',
    (x) => (x < 112 ? [90, 80, 70] : [150, 180, 220]),
  ],
])('%s', (_, shade) => {
  expect(offRim(shade, grain).off).toBeUndefined()
})
