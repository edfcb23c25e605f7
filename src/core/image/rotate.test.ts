import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGray, type RgbaImage } from './raster'
import { rotatedMask, rotatedSize, rotateRgba } from './rotate'

const side = fc.integer({ min: 1, max: 40 })

function picture(width: number, height: number): RgbaImage {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 37) % 256,
  )
  return { width, height, data }
}

it('four quarter turns give every byte back; one moves the first pixel to the other corner', () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom(90, -90, 270), (width, height, degrees) => {
      const image = picture(width, height)
      const once = rotateRgba(image, degrees)
      expect([once.width, once.height]).toEqual([height, width])
      expect(rotatedSize(image, degrees)).toEqual({ width: height, height: width })
      const corner = degrees === 90 ? height - 1 : (width - 1) * height
      expect(once.data.subarray(corner * 4, corner * 4 + 4)).toEqual(image.data.subarray(0, 4))
      let all = image
      for (let i = 0; i < 4; i++) all = rotateRgba(all, degrees)
      expect(all.data).toEqual(image.data)
    }),
  )
})

it('any turn keeps the middle and the tone, and bares only corners', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 60 }),
      fc.integer({ min: 20, max: 60 }),
      fc.double({ min: -44.5, max: 44.5, noNaN: true }),
      (width, height, degrees) => {
        const data = new Uint8ClampedArray(width * height * 4).fill(120)
        for (let i = 3; i < data.length; i += 4) data[i] = 255
        const turned = rotateRgba({ width, height, data }, degrees)
        expect({ width: turned.width, height: turned.height }).toEqual(
          rotatedSize({ width, height }, degrees),
        )
        for (let p = 0; p < turned.data.length; p += 4) {
          if (turned.data[p + 3] > 0) expect(turned.data[p]).toBe(120)
        }
        const middle = (Math.floor(turned.height / 2) * turned.width + Math.floor(turned.width / 2)) * 4
        expect(turned.data[middle + 3]).toBe(255)
        // As much is shown as there was, but for the rim.
        const shown = turned.data.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha, 0) / 255
        expect(Math.abs(shown - width * height)).toBeLessThan(width + height)
      },
    ),
  )
})

it('no angle leaves nothing, however small the picture', () => {
  const tiny = fc.integer({ min: 1, max: 4 })
  fc.assert(
    fc.property(tiny, tiny, fc.double({ min: -180, max: 180, noNaN: true }), (width, height, degrees) => {
      const { data } = rotateRgba(picture(width, height), degrees)
      expect(data.some((value, i) => i % 4 === 3 && value > 0)).toBe(true)
    }),
  )
})

it('a mask turns with its picture, and what is bared joins it', () => {
  const mask = createGray(30, 20)
  for (let y = 8; y < 12; y++) mask.data.fill(255, y * 30 + 13, y * 30 + 17)
  expect(rotatedMask(mask, 180).data).toEqual(mask.data.toReversed())
  const turned = rotatedMask(mask, 20)
  const at = (x: number, y: number) => turned.data[y * turned.width + x]
  expect([at(0, 0), at(turned.width - 1, 0)]).toEqual([255, 255])
  expect(at(Math.floor(turned.width / 2), Math.floor(turned.height / 2))).toBe(255)
  expect(at(Math.floor(turned.width / 2), Math.floor(turned.height / 2) - 6)).toBe(0)
})
