import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRgba, type RgbaImage } from '../raster'
import { convertColors, toDisplayP3 } from './convertColors'
import { isOtherSpace, shownSpace } from './shownSpace'
import { SRGB_CURVE } from './curve'
import { DISPLAY_P3 } from './displayP3.testkit'
import { readMatrixProfile } from './iccProfile'

const byte = fc.integer({ min: 0, max: 255 })
const color = fc.tuple(byte, byte, byte, byte)

function imageOf(pixels: readonly (readonly number[])[], profile?: typeof DISPLAY_P3): RgbaImage {
  const image = createRgba(pixels.length, 1, profile)
  image.data.set(pixels.flat())
  return image
}

describe('colours between spaces', () => {
  it('Display P3 has the values of sRGB that its primaries give', () => {
    // By the matrices of CSS Color 4, section 18.
    const image = imageOf(
      [
        [200, 100, 50, 255],
        [128, 128, 128, 40],
        [255, 255, 255, 255],
        [255, 0, 0, 0],
      ],
      DISPLAY_P3,
    )
    const { data } = convertColors(image)
    const wanted = [215, 93, 31, 255, 128, 128, 128, 40, 255, 255, 255, 255, 255, 0, 0, 0]
    data.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1))
  })

  it('what sRGB has comes back from Display P3 within a rounding of light', () => {
    fc.assert(
      fc.property(fc.array(color, { minLength: 1, maxLength: 20 }), (pixels) => {
        const there = convertColors(imageOf(pixels), DISPLAY_P3)
        expect(there.profile).toBe(DISPLAY_P3)
        const back = convertColors(there)
        expect(back.profile).toBeUndefined()
        const before = pixels.flat()
        back.data.forEach((value, i) => {
          if (i % 4 === 3) expect(value).toBe(before[i])
          else expect(Math.abs(SRGB_CURVE.light[value] - SRGB_CURVE.light[before[i]])).toBeLessThan(0.01)
        })
      }),
    )
  })

  it('a photo in Display P3 is shown by its own values, one in sRGB by the same colours', () => {
    fc.assert(
      fc.property(fc.array(color, { minLength: 1, maxLength: 20 }), (pixels) => {
        const own = toDisplayP3(imageOf(pixels, DISPLAY_P3))
        const before = pixels.flat()
        own.data.forEach((value, i) => expect(Math.abs(value - before[i])).toBeLessThanOrEqual(1))
        const there = toDisplayP3(imageOf(pixels)).data
        const wanted = convertColors(imageOf(pixels), DISPLAY_P3).data
        there.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1))
      }),
    )
    // What sRGB has no red for stays apart from its reddest.
    const [reddest, beyond] = [imageOf([[255, 0, 0, 255]]), imageOf([[255, 0, 0, 255]], DISPLAY_P3)]
    expect(convertColors(beyond).data[0]).toBe(convertColors(reddest).data[0])
    expect(toDisplayP3(beyond).data[0]).toBeGreaterThan(toDisplayP3(reddest).data[0] + 10)
    expect([shownSpace(DISPLAY_P3), shownSpace(undefined)]).toEqual(['display-p3', 'srgb'])
  })

  it('the same space, by its bytes, changes nothing', () => {
    fc.assert(
      fc.property(fc.array(color, { minLength: 1, maxLength: 20 }), (pixels) => {
        const same = convertColors(imageOf(pixels, DISPLAY_P3), DISPLAY_P3.slice())
        expect([...same.data]).toEqual(pixels.flat())
        expect([...convertColors(imageOf(pixels)).data]).toEqual(pixels.flat())
      }),
    )
  })

  it('a curve gives every code back', () => {
    SRGB_CURVE.light.forEach((light, code) => expect(SRGB_CURVE.encode(light)).toBe(code))
  })

  it('no bytes of a profile throw, and none that cannot be read changes a colour', () => {
    fc.assert(
      fc.property(fc.nat(DISPLAY_P3.length - 1), byte, fc.nat(DISPLAY_P3.length), (at, value, length) => {
        const spoilt = DISPLAY_P3.slice(0, length)
        spoilt[at] = value
        const image = imageOf([[9, 200, 30, 255]], spoilt)
        const { data } = convertColors(image)
        if (!readMatrixProfile(spoilt)) expect([...data]).toEqual([9, 200, 30, 255])
      }),
    )
    expect(isOtherSpace(DISPLAY_P3)).toBe(true)
    expect(isOtherSpace(undefined)).toBe(false)
  })
})
