import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeSide } from './changeSide'
import { createGray, createRgba, type RgbaImage } from './raster'

const SIDE = 40
const mask = createGray(SIDE, SIDE)
for (let y = 10; y < 30; y++) mask.data.fill(255, y * SIDE + 10, y * SIDE + 30)

function picture(tone: (p: number) => number): RgbaImage {
  const image = createRgba(SIDE, SIDE)
  for (let p = 0; p < SIDE * SIDE; p++) image.data.set([tone(p), tone(p), tone(p), 255], p * 4)
  return image
}

const before = picture((p) => (p * 13) % 200)
const repainted = (where: number) =>
  picture((p) => (mask.data[p] === where ? ((p * 13) % 200) + 55 : ((p * 13) % 200) + (p % 3)))

it('tells a model that repaints what is masked from one that repaints the rest', () => {
  expect(changeSide(before, repainted(255), mask)).toBe('inside')
  expect(changeSide(before, repainted(0), mask)).toBe('outside')
})

it('claims nothing where all of it or none of it changed, or the mask has one side only', () => {
  expect(changeSide(before, before, mask)).toBeNull()
  expect(
    changeSide(
      before,
      picture(() => 20),
      mask,
    ),
  ).toBeNull()
  expect(changeSide(before, repainted(0), createGray(SIDE, SIDE))).toBeNull()
})

it('turning the mask around turns the answer around', () => {
  const turned = { ...mask, data: mask.data.map((value) => 255 - value) }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 50 }), (tones) => {
      const after = picture((p) => tones[p % tones.length])
      const one = changeSide(before, after, mask)
      const other = changeSide(before, after, turned)
      expect(other).toBe(one === 'inside' ? 'outside' : one === 'outside' ? 'inside' : null)
    }),
  )
})
