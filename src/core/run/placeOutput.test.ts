import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf } from '../document/document'
import { containsRect, intersectRect, type Rect, rectOf } from '../geometry'
import { pasteBack } from '../image/composite'
import { createGray, createRgba, cropRgba, overlayRgba, type RgbaImage } from '../image/raster'
import { coverRgba } from '../image/resample'
import { createMask, type Mask, maskBounds, readMask } from '../mask/mask'
import { replayCommands } from '../mask/command/maskCommand'
import { CROP_GRID } from '../image/cropGrid'
import { placeOutput, placeRect } from './placeOutput'

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
  const before = cropRgba(picture, region)
  const coverage = createGray(part.width, part.height)
  const placed = placeOutput({ answer, frame, region, sent: null, before, coverage })
  expect(placed.cut).toBe(cut)
  expect(placed.rect).toEqual(region)
})

function patterned(width: number, height: number, seed: number): RgbaImage {
  const image = createRgba(width, height)
  for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : (i * seed + (i >> 5)) % 253
  return image
}

/** The whole picture with an answer blended in over all of its region: the long way. */
function blendedWhole(photo: RgbaImage, answer: RgbaImage, region: Rect, mask: Mask): RgbaImage {
  const rect = intersectRect(region, rectOf(photo))
  const { image } = coverRgba(answer, region.width, region.height)
  const part = cropRgba(image, { ...rect, x: rect.x - region.x, y: rect.y - region.y })
  return overlayRgba(photo, pasteBack(photo, part, readMask(mask, rect), rect), rect.x, rect.y)
}

it('only the hole with a margin comes back, and laid over the picture it has every byte of the whole region', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.integer({ min: -30, max: 90 }),
        y: fc.integer({ min: -30, max: 60 }),
        width: fc.integer({ min: 120, max: 260 }),
        height: fc.integer({ min: 120, max: 220 }),
      }),
      fc.record({ x: fc.nat(90), y: fc.nat(60), size: fc.integer({ min: 1, max: 60 }), soft: fc.nat(100) }),
      fc.constantFrom<'same' | 'smaller' | 'larger'>('same', 'smaller', 'larger'),
      (region, dab, size) => {
        const photo = patterned(300, 220, 7)
        const mask = createMask(frameOf(photo))
        const at = { x: Math.max(0, region.x) + dab.x, y: Math.max(0, region.y) + dab.y, pressure: 255 }
        const stroke = { kind: 'stroke', mode: 'paint', opacity: 100, points: [at] } as const
        replayCommands(mask, [{ ...stroke, size: dab.size, hardness: dab.soft }])
        const factor = { same: 1, smaller: 0.5, larger: 1.5 }[size]
        const answer = patterned(Math.round(region.width * factor), Math.round(region.height * factor), 11)
        const place = { frame: frameOf(photo), region, sent: null }
        const area = placeRect(place)
        const before = cropRgba(photo, area)
        const { crop, rect } = placeOutput({ ...place, answer, before, coverage: readMask(mask, area) })
        const made = overlayRgba(photo, crop, rect.x, rect.y)
        const wanted = blendedWhole(photo, answer, region, mask)
        expect(Buffer.from(made.data).equals(Buffer.from(wanted.data))).toBe(true)
        const hole = intersectRect(maskBounds(mask), area)
        if (hole.width === 0) return
        expect(containsRect(rect, hole)).toBe(true)
        expect(rect.width).toBeLessThan(hole.width + 2 * CROP_GRID)
        expect(rect.height).toBeLessThan(hole.height + 2 * CROP_GRID)
        for (const corner of [rect.x, rect.y])
          expect(corner % CROP_GRID === 0 || corner === area.x || corner === area.y).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

it('an answer padded to a multiple of 64 lies where it shows what was sent, to the pixel', () => {
  const photo = createRgba(900, 700)
  for (let p = 0; p < 900 * 700; p++) {
    const [x, y] = [p % 900, Math.floor(p / 900)]
    const tone = 128 + 60 * Math.sin(x / 9 + y / 31) + 40 * Math.cos(y / 7 - x / 43)
    photo.data.set([tone, tone * 0.9, 255 - tone, 255], p * 4)
  }
  const region = { x: 120, y: 90, width: 500, height: 400 }
  const coverage = createGray(500, 400)
  for (let y = 100; y < 200; y++) coverage.data.fill(255, y * 500 + 150, y * 500 + 300)
  const before = cropRgba(photo, region)
  const padded = createRgba(512, 448)
  padded.data.fill(90)
  const answer = overlayRgba(padded, before, 12, 48)
  // The model paints a bright square into the hole.
  const square = createRgba(40, 40)
  square.data.fill(255)
  const painted = overlayRgba(answer, square, 12 + 200, 48 + 130)
  const place = { frame: frameOf(photo), region, before, coverage }
  const { crop, rect, cut } = placeOutput({ ...place, sent: { width: 500, height: 400 }, answer: painted })
  expect(cut).toBe(false)
  const wanted = overlayRgba(photo, square, region.x + 200, region.y + 130)
  const made = overlayRgba(photo, crop, rect.x, rect.y)
  expect(Buffer.from(made.data).equals(Buffer.from(wanted.data))).toBe(true)
  // Where its size as sent is not known it is scaled to cover the region, as ever.
  const scaled = placeOutput({ ...place, sent: null, answer: painted })
  expect(
    Buffer.from(overlayRgba(photo, scaled.crop, rect.x, rect.y).data).equals(Buffer.from(wanted.data)),
  ).toBe(false)
})

it('a picture that a model has extended to the right lies where it goes on', () => {
  const photo = patterned(300, 200, 7)
  const region = { x: 0, y: 0, width: 300, height: 200 }
  const answer = overlayRgba(patterned(448, 200, 13), photo, 0, 0)
  const place = { frame: frameOf(photo), region, before: photo, coverage: null }
  const { whole, rect } = placeOutput({ ...place, sent: { width: 300, height: 200 }, answer })
  expect(whole).toBe(true)
  expect(rect).toEqual({ x: 0, y: 0, width: 448, height: 200 })
})

describe('on a frame that reaches beyond the picture', () => {
  const photo = createRgba(300, 200)
  for (let p = 0; p < 300 * 200; p++) {
    const [x, y] = [p % 300, Math.floor(p / 300)]
    const tone = 128 + 60 * Math.sin(x / 9 + y / 31) + 40 * Math.cos(y / 7 - x / 43)
    photo.data.set([tone, tone * 0.9, 255 - tone, 255], p * 4)
  }
  const extended = { x: -100, y: -60, width: 460, height: 300 }
  /** The picture over the frame, and what lies beyond it, which is to be painted. */
  const before = overlayRgba(createRgba(460, 300), photo, 100, 60)
  const coverage = createGray(460, 300)
  for (let p = 0; p < 460 * 300; p++) {
    const [x, y] = [(p % 460) - 100, Math.floor(p / 460) - 60]
    coverage.data[p] = x < 0 || y < 0 || x >= 300 || y >= 200 ? 255 : 0
  }
  const painted = patterned(460, 300, 13)
  const scene = overlayRgba(painted, photo, 100, 60)
  const place = { frame: extended, region: extended, before }

  it.each([
    ['padded at the right and below', 512, 320, 0, 0],
    ['padded all around', 512, 320, 26, 10],
    ['padded above', 460, 320, 0, 20],
  ])('an answer that is %s fills it to the pixel', (_, width, height, x, y) => {
    const answer = overlayRgba(createRgba(width, height), scene, x, y)
    const placed = placeOutput({ ...place, sent: { width: 460, height: 300 }, answer, coverage })
    expect([placed.rect, placed.raw?.rect, placed.cut]).toEqual([extended, extended, false])
    expect(Buffer.from(placed.crop.data).equals(Buffer.from(scene.data))).toBe(true)
  })

  it('a picture of its own lies where it goes on, or where it cannot be told over what was sent', () => {
    const answer = overlayRgba(patterned(612, 300, 17), scene, 0, 0)
    const job = { ...place, answer, before: scene, coverage: null }
    expect(placeOutput({ ...job, sent: { width: 460, height: 300 } })).toMatchObject({
      whole: true,
      rect: { x: -100, y: -60, width: 612, height: 300 },
    })
    expect(placeOutput({ ...job, sent: null }).rect).toEqual({ x: -176, y: -60, width: 612, height: 300 })
  })
})
