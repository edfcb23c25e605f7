import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cameraFacts, cleanExif } from './exif'
import { asciiTag, exifFile, type ExifTag, readTags } from './exifFile.testkit'

const SIZE = { width: 640, height: 480 }
const latitude: ExifTag = { tag: 2, type: 5, count: 3, value: new Uint8Array(24).fill(7) }
const note: ExifTag = { tag: 0x927c, type: 7, count: 9, value: new TextEncoder().encode('LATITUDE!') }

const shortText = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'abcXYZ 09') })

function number(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bytes.length === 2 ? view.getUint16(0, true) : view.getUint32(0, true)
}

describe('the EXIF of an export', () => {
  it('keeps what the camera says, upright and of the file’s size; the place only if asked', () => {
    fc.assert(
      fc.property(
        shortText,
        shortText,
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        (model, lens, turn, location) => {
          const tiff = exifFile({
            main: [asciiTag(0x0110, model)],
            exif: [asciiTag(0xa434, lens), note],
            gps: [latitude],
            orientation: turn,
          })
          const made = cleanExif(tiff, SIZE, location)!
          const main = readTags(made, 8)
          expect(new TextDecoder().decode(main.get(0x0110))).toBe(`${model}\0`)
          expect(number(main.get(0x0112)!)).toBe(1)
          const exif = readTags(made, number(main.get(0x8769)!))
          expect(new TextDecoder().decode(exif.get(0xa434))).toBe(`${lens}\0`)
          expect(exif.has(0x927c)).toBe(false)
          expect([0xa002, 0xa003].map((tag) => number(exif.get(tag)!))).toEqual([640, 480])
          expect(main.has(0x8825)).toBe(location)
          if (location) expect(readTags(made, number(main.get(0x8825)!)).get(2)).toEqual(latitude.value)
          const bytes = new TextDecoder('latin1').decode(made)
          expect(bytes).not.toContain('THUMBNAIL')
          expect(bytes).not.toContain('LATITUDE')
          expect(cameraFacts(made)).toEqual({ camera: true, location })
        },
      ),
    )
  })

  it('reads both byte orders', () => {
    const big = Uint8Array.from([
      0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x0f, 0, 2, 0, 0, 0, 4, 0x41, 0x42, 0x43, 0, 0, 0, 0, 0,
    ])
    const made = cleanExif(big, SIZE, false)!
    expect([...made.subarray(0, 4)]).toEqual([0x4d, 0x4d, 0, 42])
    expect(new TextDecoder('latin1').decode(made)).toContain('ABC\0')
  })

  it('is none where nothing is left, and survives any damage', () => {
    expect(cleanExif(exifFile({}), SIZE, true)).toBeNull()
    expect(cleanExif(exifFile({ gps: [latitude] }), SIZE, false)).toBeNull()
    const tiff = exifFile({ main: [asciiTag(0x0110, 'a camera')], exif: [note], gps: [latitude] })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(tiff.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(tiff.length),
        (changes, length) => {
          const damaged = tiff.slice(0, length)
          for (const [at, value] of changes) if (at < length) damaged[at] = value
          cameraFacts(damaged)
          const made = cleanExif(damaged, SIZE, true)
          expect(made === null || made.length < 61_440).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
