import { expect, it } from 'vitest'
import { createRgba, type RgbaImage } from '../image/raster'
import { replayCommands } from '../mask/command/maskCommand'
import { createMask, readMask } from '../mask/mask'
import { isBlankOutput } from './blankOutput'

function filled(width: number, height: number, tone: (p: number) => readonly number[]): RgbaImage {
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) image.data.set([...tone(p), 255], p * 4)
  return image
}
const photo = filled(80, 60, (p) => [(p * 7) % 256, (p * 3) % 256, 90])
const region = { x: 0, y: 0, width: 80, height: 60 }
const mask = createMask(region)
replayCommands(mask, [{ kind: 'rectangle', mode: 'paint', rect: { x: 20, y: 20, width: 10, height: 10 } }])
const spot = readMask(mask, region)

it.each([
  ['black', () => [0, 0, 0], true],
  ['white', () => [255, 255, 255], true],
  ['one colour', () => [40, 90, 200], true],
  ['black with the noise of JPEG', (p: number) => [p % 3, 0, 0], true],
  ['a picture', (p: number) => [p % 256, 0, 0], false],
  ['black but for one pixel', (p: number) => (p === 700 ? [60, 0, 0] : [0, 0, 0]), false],
] as const)('an answer that is %s', (_name, tone, blank) => {
  const answer = filled(64, 48, tone)
  expect(isBlankOutput(answer, photo, spot)).toBe(blank)
  expect(isBlankOutput(answer, photo, null)).toBe(blank)
})

it('the plain background of what was removed is an answer', () => {
  const onWhite = filled(80, 60, (p) =>
    p % 80 > 20 && p % 80 < 29 && p > 1700 && p < 2200 ? [200, 0, 0] : [250, 250, 250],
  )
  expect(
    isBlankOutput(
      filled(64, 48, () => [252, 252, 252]),
      onWhite,
      spot,
    ),
  ).toBe(false)
  expect(
    isBlankOutput(
      filled(64, 48, () => [0, 0, 0]),
      onWhite,
      spot,
    ),
  ).toBe(true)
})
