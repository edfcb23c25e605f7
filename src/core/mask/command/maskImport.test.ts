import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rectOf } from '../../geometry'
import { createRgba, type RgbaImage } from '../../image/raster'
import { createMask, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { applyChanges } from './maskBand'
import { replayCommands } from './maskCommand'
import { coverageOf, importMask } from './maskImport'

function picture(width: number, height: number, paint: (p: number) => readonly number[]): RgbaImage {
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) image.data.set(paint(p), p * 4)
  return image
}

/** A mask with something in it that an import has to replace. */
function paintedMask(width: number, height: number) {
  const mask = createMask({ x: 0, y: 0, width, height })
  const rect = { x: 0, y: 0, width, height: Math.ceil(height / 2) }
  replayCommands(mask, [{ kind: 'rectangle', mode: 'paint', rect }])
  return mask
}

describe('coverageOf', () => {
  it('is the brightness of an opaque picture', () => {
    const greys = picture(16, 16, (p) => [p, p, p, 255])
    expect([...coverageOf(greys).data]).toEqual(Array.from({ length: 256 }, (_, p) => p))
    expect([...coverageOf(picture(1, 1, () => [255, 0, 0, 255])).data]).toEqual([76])
  })

  it('is the alpha of any other', () => {
    expect([...coverageOf(picture(3, 1, (p) => [255, 255, 255, p * 100])).data]).toEqual([0, 100, 200])
  })
})

describe('importMask', () => {
  it('gives tiles and a command that make the same mask, whatever was there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom([0], [255], [0, 255], [0, 90, 255]),
        (width, height, tones) => {
          const image = picture(width, height, (p) => {
            const tone = tones[Math.floor(p / 97) % tones.length]
            return [tone, tone, tone, 255]
          })
          const { command, changes, scaled } = importMask(image, { x: 0, y: 0, width, height })
          expect(scaled).toBeNull()
          const [swapped, replayed] = [paintedMask(width, height), paintedMask(width, height)]
          const edit = new MaskEdit(swapped)
          applyChanges(edit, changes)
          edit.commit()
          replayCommands(replayed, [command])
          const read = readMask(swapped, swapped.frame)
          expect(Buffer.compare(read.data, coverageOf(image).data)).toBe(0)
          expect(Buffer.compare(read.data, readMask(replayed, replayed.frame).data)).toBe(0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('scales a picture of another size and hands the scaled coverage out', () => {
    const image = picture(100, 50, (p) => (p % 100 < 50 ? [255, 255, 255, 255] : [0, 0, 0, 255]))
    const { scaled, command } = importMask(image, { x: 0, y: 0, width: 300, height: 300 })
    expect(scaled).toMatchObject({ width: 300, height: 300 })
    expect(command.rect).toEqual(rectOf({ width: 300, height: 300 }))
    expect([scaled?.data[10], scaled?.data[290]]).toEqual([255, 0])
  })
})
