import fc from 'fast-check'
import { expect, it } from 'vitest'
import { intersectRect } from '../geometry'
import { createRgba, cropRgba, overlayRgba, pasteInto, type RgbaImage } from '../image/raster'
import { composeRegion } from './composeRegion'
import { type Blend, type Patch, PLAIN_BLEND } from './document'
import { blend, patch } from './document.testkit'
import { scaleDown } from '../image/scaleDown'
import { LiveBlend } from './liveBlend'
import { anyAlpha, noise } from '../image/noise.testkit'

const CANVAS = { x: 0, y: 0, width: 90, height: 70 }
const BASE = { key: 'base', name: 'b', width: 90, height: 70, link: { kind: 'sample', id: 's' } } as const

/** A matched colour is found anew by the composed picture only. */
const unmatched = (one: Blend): Blend => Object.assign({}, one, { matchColor: false, seam: 'none' as const })
const plain = fc
  .tuple(patch(CANVAS), blend)
  .map(([one, its]) => Object.assign({}, one, { visible: true, blend: unmatched(its) }))

const seenRect = fc
  .record({
    x: fc.integer({ min: -40, max: 100 }),
    y: fc.integer({ min: -40, max: 80 }),
    width: fc.integer({ min: 1, max: 160 }),
    height: fc.integer({ min: 1, max: 130 }),
  })
  .map((rect) => intersectRect(rect, CANVAS))
  .filter((rect) => rect.width > 0 && rect.height > 0)

it('a blend that changes live shows the bytes of the composed picture where it is seen, patches above included', () => {
  const moves = fc.array(fc.tuple(blend.map(unmatched), seenRect), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 3 }), moves, (made, changes) => {
      // As a shrunk counterexample gives several the same.
      const list = made.map((one, i) => ({ ...one, id: `${i}`, pixels: `${i}` }))
      const images = new Map(
        list.map(({ pixels, rect }, i) => [pixels, noise(rect.width, rect.height, i + 5, anyAlpha)]),
      )
      images.set('base', noise(90, 70, 77, anyAlpha))
      const pixelsOf = (key: string) => images.get(key)!
      const [first, ...above] = list
      const below = composeRegion({ base: BASE, patches: [] }, first.rect, pixelsOf)
      const withPixels = above.map((one) => ({ patch: one, pixels: pixelsOf(one.pixels) }))
      const live = new LiveBlend({ patch: first, pixels: pixelsOf(first.pixels), below, above: withPixels })
      for (const [change, seen] of changes) {
        const before = composeRegion({ base: BASE, patches: above }, CANVAS, pixelsOf)
        const drawn = live.draw(change, { seen, scale: 1 })
        const shown = drawn ? overlayRgba(before, drawn.crop, drawn.rect.x, drawn.rect.y) : before
        const whole = composeRegion(
          { base: BASE, patches: [{ ...first, blend: change }, ...above] },
          seen,
          pixelsOf,
        )
        expect(Buffer.from(cropRgba(shown, seen).data).equals(Buffer.from(whole.data))).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

it('costs what is seen, however large the patch', () => {
  const rect = { x: 0, y: 0, width: 3000, height: 2000 }
  const patchOf: Patch = {
    id: 'a',
    from: null,
    pixels: 'a',
    rect,
    coverage: [{ kind: 'ellipse', mode: 'paint', rect }],
    coverageFrame: rect,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const image = createRgba(3000, 2000)
  const live = new LiveBlend({ patch: patchOf, pixels: image, below: image, above: [] })
  const seen = { x: 300, y: 200, width: 100, height: 80 }
  const drawn = live.draw({ ...PLAIN_BLEND, featherPx: 90, growPx: 12 }, { seen, scale: 1 })!
  expect(drawn.crop.width * drawn.crop.height).toBeLessThan(20_000)
})

/** Slow changes of colour: their means are what fewer pixels show. */
function slopes(width: number, height: number, seed: number): RgbaImage {
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)]
    image.data.set([seed + x / 2, seed + y / 2, 200 - (x + y) / 4, 255], p * 4)
  }
  return image
}

it('drawn in fewer pixels, it shows what the screen would make of all of them', () => {
  const rect = { x: 37, y: 21, width: 203, height: 150 }
  const over = { x: 130, y: 80, width: 90, height: 70 }
  const frame = { x: 0, y: 0, width: 300, height: 220 }
  const shape = { kind: 'ellipse', mode: 'paint', rect: { x: 60, y: 40, width: 150, height: 110 } } as const
  const common = { from: null, coverageFrame: frame, visible: true } as const
  const own: Patch = { ...common, id: 'a', pixels: 'a', rect, coverage: [shape], blend: PLAIN_BLEND }
  const top = { ...common, id: 'b', pixels: 'b', rect: over, coverage: [{ ...shape, rect: over }] } as const
  const above = [{ patch: { ...top, blend: { ...PLAIN_BLEND, featherPx: 8 } }, pixels: slopes(90, 70, 90) }]
  const job = { patch: own, pixels: slopes(203, 150, 20), below: slopes(203, 150, 60), above }
  const live = new LiveBlend(job)
  for (const scale of [2, 4, 8]) {
    for (const change of [
      { featherPx: 16 },
      { growPx: 16, opacity: 60 },
      { growPx: -16, featherPx: 24 },
      { featherPx: 40, growPx: 8 },
    ]) {
      const small = live.draw({ ...PLAIN_BLEND, ...change }, { seen: frame, scale })!
      expect([small.rect.width, small.rect.height]).toEqual([
        small.crop.width * scale,
        small.crop.height * scale,
      ])
      // All of the patch: what the blend leaves alone is as below.
      const whole = live.draw({ ...PLAIN_BLEND, ...change }, { seen: frame, scale: 1 })!
      const wide = cropRgba(job.below, { x: 0, y: 0, width: rect.width, height: rect.height })
      pasteInto(wide, whole.crop, whole.rect.x - rect.x, whole.rect.y - rect.y)
      const { x, y, width, height } = small.rect
      const part = cropRgba(wide, { x: x - rect.x, y: y - rect.y, width, height })
      const expected = scaleDown(part, small.crop.width, small.crop.height)
      const off = expected.data.map((value, i) => Math.abs(value - small.crop.data[i]))
      // The two differ by 40: half of it at a hard edge between two pixels.
      expect(Math.max(...off)).toBeLessThanOrEqual(20)
      expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(1)
    }
  }
})

it('is drawn whole where it is too small for fewer pixels', () => {
  const rect = { x: 0, y: 0, width: 9, height: 30 }
  const coverage = [{ kind: 'rectangle', mode: 'paint', rect }] as const
  const patchOf: Patch = {
    id: 'a',
    from: null,
    pixels: 'a',
    rect,
    coverage,
    coverageFrame: rect,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const job = { patch: patchOf, pixels: slopes(9, 30, 20), below: slopes(9, 30, 60), above: [] }
  expect(new LiveBlend(job).draw(PLAIN_BLEND, { seen: rect, scale: 8 })).toEqual({ rect, crop: job.pixels })
})
