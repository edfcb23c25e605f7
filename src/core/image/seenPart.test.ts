import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containsRect, intersectRect, type Rect } from '../geometry'
import { screenToImage, type View } from '../viewport'
import { placeOfPart, seenPart } from './seenPart'

const SIZE = { width: 4000, height: 3000 }
const view = fc
  .record({
    zoom: fc.double({ min: 0.05, max: 8, noNaN: true }),
    x: fc.double({ min: -500, max: 4500, noNaN: true }),
    y: fc.double({ min: -500, max: 3500, noNaN: true }),
    width: fc.integer({ min: 40, max: 1400 }),
    height: fc.integer({ min: 40, max: 900 }),
    pixelRatio: fc.constantFrom(1, 1.5, 2),
  })
  .map(({ zoom, x, y, width, height, pixelRatio }): View => {
    const pane = { width, height }
    return { zoom, center: { x, y }, pane, pixelRatio, fitZoom: 0.1, canvas: { x: 0, y: 0, ...pane } }
  })
const place = fc.constantFrom<Rect>({ x: 0, y: 0, ...SIZE }, { x: 100, y: -50, width: 2000, height: 1500 })

it('the part of a picture that a pane shows holds all that is seen of it, and little more', () => {
  fc.assert(
    fc.property(view, place, (now, at) => {
      const part = seenPart(now, at, SIZE)
      const from = screenToImage(now, { x: 0, y: 0 })
      const to = screenToImage(now, { x: now.pane.width, y: now.pane.height })
      const seen = intersectRect(at, { ...from, width: to.x - from.x, height: to.y - from.y })
      const shown = (now.zoom * at.width) / SIZE.width
      if (!part) {
        expect(shown <= 0.5 || seen.width === 0).toBe(true)
        return
      }
      expect(shown).toBeGreaterThan(0.5)
      expect(containsRect({ x: 0, y: 0, ...SIZE }, part)).toBe(true)
      const lies = placeOfPart(part, at, SIZE)
      // Rounding errors of the way there and back.
      const within = {
        x: seen.x + 1e-6,
        y: seen.y + 1e-6,
        width: seen.width - 2e-6,
        height: seen.height - 2e-6,
      }
      if (within.width > 0 && within.height > 0) expect(containsRect(lies, within)).toBe(true)
      const most = (side: number) => (side * now.pixelRatio) / shown + 2 * 256
      expect(part.width).toBeLessThanOrEqual(most(now.pane.width))
      expect(part.height).toBeLessThanOrEqual(most(now.pane.height))
    }),
  )
})
