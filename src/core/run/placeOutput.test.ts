import { expect, it } from 'vitest'
import { frameOf } from '../document/document'
import { createRgba } from '../image/raster'
import { createMask } from '../mask/mask'
import { placeOutput } from './placeOutput'

const picture = createRgba(600, 400)
const frame = frameOf(picture)

it.each([
  [{ width: 512, height: 512 }, { width: 300, height: 300 }, false],
  [{ width: 512, height: 512 }, { width: 301, height: 300 }, false],
  [{ width: 1024, height: 1024 }, { width: 400, height: 397 }, false],
  [{ width: 1024, height: 1024 }, { width: 400, height: 395 }, true],
  [{ width: 1024, height: 1024 }, { width: 395, height: 400 }, true],
  [{ width: 512, height: 512 }, { width: 600, height: 400 }, true],
])('an answer of %j for a part of %j is said to be cut: %s', (size, part, cut) => {
  const region = { x: 0, y: 0, ...part }
  const answer = createRgba(size.width, size.height)
  const placed = placeOutput(answer, { picture, frame, region, mask: createMask(frame) })
  expect(placed.cut).toBe(cut)
  expect(placed.rect).toEqual(region)
})
