import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  fitViewport,
  imageToScreen,
  MAX_ZOOM,
  MIN_ZOOM,
  panBy,
  screenToImage,
  snapToPixels,
  type View,
  zoomAt,
  zoomStep,
} from './viewport'

const view: fc.Arbitrary<View> = fc.record({
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
  center: fc.record({
    x: fc.double({ min: -100, max: 9000, noNaN: true }),
    y: fc.double({ min: -100, max: 9000, noNaN: true }),
  }),
  pane: fc.record({ width: fc.integer({ min: 50, max: 3000 }), height: fc.integer({ min: 50, max: 2000 }) }),
  pixelRatio: fc.constantFrom(1, 1.5, 2),
})
const point = fc.record({ x: fc.integer({ min: 0, max: 3000 }), y: fc.integer({ min: 0, max: 2000 }) })

it('screen to image and back is where it started', () => {
  fc.assert(
    fc.property(view, point, (v, p) => {
      const back = imageToScreen(v, screenToImage(v, p))
      expect(back.x).toBeCloseTo(p.x, 4)
      expect(back.y).toBeCloseTo(p.y, 4)
    }),
  )
})

it('zooming keeps the image point under the pointer', () => {
  fc.assert(
    fc.property(view, point, fc.double({ min: 0.01, max: 100, noNaN: true }), (v, p, zoom) => {
      const before = screenToImage(v, p)
      const after = screenToImage({ ...v, ...zoomAt(v, p, zoom) }, p)
      expect(after.x).toBeCloseTo(before.x, 4)
      expect(after.y).toBeCloseTo(before.y, 4)
    }),
  )
})

it('panning moves the image with the hand', () => {
  fc.assert(
    fc.property(view, point, (v, p) => {
      const held = screenToImage(v, p)
      const moved = imageToScreen({ ...v, ...panBy(v, 30, -12) }, held)
      expect(moved.x).toBeCloseTo(p.x + 30, 4)
      expect(moved.y).toBeCloseTo(p.y - 12, 4)
    }),
  )
})

it('fit shows the whole image', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16000 }),
      fc.integer({ min: 1, max: 16000 }),
      view,
      (width, height, v) => {
        const fitted = { ...v, ...fitViewport({ width, height }, v.pane, v.pixelRatio, 0) }
        const corner = imageToScreen(fitted, { x: 0, y: 0 })
        const end = imageToScreen(fitted, { x: width, y: height })
        expect(corner.x).toBeGreaterThanOrEqual(-0.01)
        expect(corner.y).toBeGreaterThanOrEqual(-0.01)
        expect(end.x).toBeLessThanOrEqual(v.pane.width + 0.01)
        expect(end.y).toBeLessThanOrEqual(v.pane.height + 0.01)
      },
    ),
  )
})

it('snapping moves an enlarged image by at most half a screen pixel, onto a whole one', () => {
  fc.assert(
    fc.property(view, (any) => {
      const v = { ...any, zoom: Math.max(1, any.zoom) }
      const before = imageToScreen(v, { x: 0, y: 0 })
      const after = imageToScreen(snapToPixels(v), { x: 0, y: 0 })
      expect(Math.abs(after.x - before.x) * v.pixelRatio).toBeLessThanOrEqual(0.501)
      expect(Math.abs((after.x * v.pixelRatio) % 1) % 1).toSatisfy(
        (rest: number) => rest < 1e-3 || rest > 1 - 1e-3,
      )
    }),
  )
})

it('the zoom buttons pass through 100 % and end at the limits', () => {
  let zoom = 0.63
  const seen: number[] = []
  for (let k = 0; k < 20; k++) seen.push((zoom = zoomStep(zoom, 1)))
  expect(seen).toContain(1)
  expect(seen.at(-1)).toBe(MAX_ZOOM)
  for (let k = 0; k < 40; k++) zoom = zoomStep(zoom, -1)
  expect(zoom).toBe(MIN_ZOOM)
})
