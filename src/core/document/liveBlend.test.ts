import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRgba, cropRgba, type RgbaImage } from '../image/raster'
import { composeRegion } from './composeRegion'
import type { Blend } from './document'
import { blend, patch } from './document.testkit'
import { LiveBlend } from './liveBlend'

const CANVAS = { x: 0, y: 0, width: 90, height: 70 }
const BASE = { key: 'base', name: 'b', width: 90, height: 70, link: { kind: 'sample', id: 's' } } as const

function noise(width: number, height: number, seed: number): RgbaImage {
  const image = createRgba(width, height)
  let state = seed | 1
  for (let i = 0; i < image.data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    image.data[i] = i % 4 === 3 && (state & 3) > 0 ? 255 : state >>> 24
  }
  return image
}

/** A matched colour is found anew by the composed picture only. */
const unmatched = (one: Blend): Blend => Object.assign({}, one, { matchColor: false, seam: 'none' as const })
const plain = fc
  .tuple(patch(CANVAS), blend)
  .map(([one, its]) => Object.assign({}, one, { visible: true, blend: unmatched(its) }))

it('a blend that changes live shows the bytes of the composed picture, patches above included', () => {
  const blends = fc.array(blend.map(unmatched), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 3 }), blends, (list, changes) => {
      const images = new Map(
        list.map(({ pixels, rect }, i) => [pixels, noise(rect.width, rect.height, i + 5)]),
      )
      images.set('base', noise(90, 70, 77))
      const pixelsOf = (key: string) => images.get(key)!
      const [first, ...above] = list
      const below = composeRegion({ base: BASE, patches: [] }, first.rect, pixelsOf)
      const withPixels = above.map((one) => ({ patch: one, pixels: pixelsOf(one.pixels) }))
      const live = new LiveBlend({ patch: first, pixels: pixelsOf(first.pixels), below, above: withPixels })
      for (const change of changes) {
        const drawn = live.draw(change)
        if (!drawn) continue
        const patches = [{ ...first, blend: change }, ...above]
        const whole = composeRegion({ base: BASE, patches }, drawn.rect, pixelsOf)
        const { width, height } = drawn.crop
        const shown = cropRgba(whole, { x: 0, y: 0, width, height })
        expect(Buffer.from(drawn.crop.data).equals(Buffer.from(shown.data))).toBe(true)
      }
    }),
  )
})
