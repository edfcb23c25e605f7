import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  canvasBox,
  fitViewport,
  imageToScreen,
  keepInSight,
  MAX_ZOOM,
  MIN_ZOOM,
  originOf,
  panBy,
  pixelsOf,
  screenToImage,
  snapToPixels,
  type View,
  zoomAt,
  zoomStep,
} from './viewport'

const length = fc.double({ min: 50, max: 3000, noNaN: true })
const anyBox = fc.record({ x: length, y: length, width: length, height: length })
const anyRatio = fc.constantFrom(1, 1.1, 1.25, 4 / 3, 1.5, 1.75, 2, 2.625, 3)

const anyPlace = fc.record({
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
  center: fc.record({
    x: fc.double({ min: -100, max: 9000, noNaN: true }),
    y: fc.double({ min: -100, max: 9000, noNaN: true }),
  }),
  box: anyBox,
  pixelRatio: anyRatio,
  fitZoom: fc.double({ min: 0.001, max: 4, noNaN: true }),
})
const anyView: fc.Arbitrary<View> = anyPlace.map(({ zoom, center, box, pixelRatio, fitZoom }) => ({
  zoom,
  center,
  pane: box,
  canvas: canvasBox(box, pixelRatio),
  pixelRatio,
  fitZoom,
}))
const point = fc.record({ x: fc.integer({ min: 0, max: 3000 }), y: fc.integer({ min: 0, max: 2000 }) })

it('screen to image and back is where it started', () => {
  fc.assert(
    fc.property(anyView, point, (v, p) => {
      const back = imageToScreen(v, screenToImage(v, p))
      expect(back.x).toBeCloseTo(p.x, 4)
      expect(back.y).toBeCloseTo(p.y, 4)
    }),
  )
})

it('zooming keeps the image point under the pointer', () => {
  fc.assert(
    fc.property(anyView, point, fc.double({ min: 0.01, max: 100, noNaN: true }), (v, p, zoom) => {
      const before = screenToImage(v, p)
      const after = screenToImage({ ...v, ...zoomAt(v, p, zoom) }, p)
      expect(after.x).toBeCloseTo(before.x, 4)
      expect(after.y).toBeCloseTo(before.y, 4)
    }),
  )
})

it('panning moves the image with the hand', () => {
  fc.assert(
    fc.property(anyView, point, (v, p) => {
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
      anyView,
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
    fc.property(anyView, (any) => {
      const v = { ...any, zoom: Math.max(1, any.zoom) }
      const before = imageToScreen(v, { x: 0, y: 0 })
      const after = imageToScreen(snapToPixels(v), { x: 0, y: 0 })
      expect(Math.abs(after.x - before.x) * v.pixelRatio).toBeLessThanOrEqual(0.501)
      expect(Math.abs(((after.x - v.canvas.x) * v.pixelRatio) % 1)).toSatisfy(
        (rest: number) => rest < 1e-3 || rest > 1 - 1e-3,
      )
    }),
  )
})

it('a pane anywhere gets a canvas that covers it, on whole pixels of page and screen', () => {
  const isWhole = (at: number) => Math.abs(at - Math.round(at)) < 1e-3
  fc.assert(
    fc.property(anyBox, anyRatio, (box, pixelRatio) => {
      const { x, y, width, height } = canvasBox(box, pixelRatio)
      for (const side of [box.x + x, box.y + y, width, height]) {
        expect(side).toSatisfy(isWhole)
        expect(side * pixelRatio).toSatisfy(isWhole)
      }
      const most = 40
      for (const beyond of [-x, -y, x + width - box.width, y + height - box.height]) {
        expect(beyond).toBeGreaterThan(-1e-3)
        expect(beyond).toBeLessThan(most)
      }
    }),
  )
  // No whole number of these is one of both.
  const odd = canvasBox({ x: 10.3, y: 7.7, width: 100, height: 50 }, Math.SQRT2)
  expect((10.3 + odd.x) * Math.SQRT2).toSatisfy(isWhole)
  expect(odd.width * Math.SQRT2).toSatisfy(isWhole)
})

it('an area is shown by the pixels whose middle is in it, and neighbours share none', () => {
  const side = fc.integer({ min: 1, max: 3000 })
  fc.assert(
    fc.property(anyView, point, side, side, side, (v, corner, width, height, more) => {
      const left = { ...corner, width, height }
      const shown = pixelsOf(v, left)
      const middle = (x: number) => (x + 0.5 - originOf(v).x) / v.zoom
      if (shown.width > 0) {
        expect(middle(shown.x)).toBeGreaterThan(left.x - 1e-6)
        expect(middle(shown.x + shown.width - 1)).toBeLessThan(left.x + width + 1e-6)
      }
      expect(middle(shown.x - 1)).toBeLessThan(left.x + 1e-6)
      expect(middle(shown.x + shown.width)).toBeGreaterThan(left.x + width - 1e-6)
      const right = pixelsOf(v, { ...left, x: left.x + width, width: more })
      expect(right.x).toBe(shown.x + shown.width)
      expect([right.y, right.height]).toEqual([shown.y, shown.height])
    }),
  )
})

it('zooming out never zooms in, and zooming in never out', () => {
  const side = fc.integer({ min: 1, max: 32_767 })
  const paneSide = fc.integer({ min: 1, max: 4000 })
  /** Of wheel, pinch and buttons: how much closer, or 1 or -1 for a step of the buttons. */
  const change = fc.oneof(
    fc.double({ min: 0.2, max: 5, noNaN: true }),
    fc.constantFrom(1 as const, -1 as const),
  )
  fc.assert(
    fc.property(
      fc.record({ width: side, height: side }),
      fc.array(fc.record({ width: paneSide, height: paneSide }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 1.5, 2, 3),
      fc.array(fc.tuple(fc.nat(2), change), { maxLength: 30 }),
      (image, panes, pixelRatio, changes) => {
        // Panes of different sizes share one viewport.
        let viewport = fitViewport(image, panes[0], pixelRatio)
        for (const [k, by] of changes) {
          const pane = panes[k % panes.length]
          const fitZoom = fitViewport(image, pane, pixelRatio).zoom
          const { zoom } = viewport
          const wanted = by === 1 || by === -1 ? zoomStep(zoom, by) : zoom * by
          viewport = zoomAt(
            { ...viewport, pane, canvas: { x: 0, y: 0, ...pane }, pixelRatio, fitZoom },
            { x: 5, y: 9 },
            wanted,
          )
          if (wanted > zoom) expect(viewport.zoom).toBeGreaterThanOrEqual(zoom)
          else expect(viewport.zoom).toBeLessThanOrEqual(zoom)
          expect(viewport.zoom).toBeLessThanOrEqual(MAX_ZOOM)
        }
      },
    ),
    { numRuns: 300 },
  )
})

it('an image that fits below the least zoom can be zoomed out to its fit again', () => {
  const image = { width: 16_384, height: 9000 }
  const pane = { width: 800, height: 600 }
  const canvas = { x: 0, y: 0, ...pane }
  const fit = fitViewport(image, pane, 1)
  expect(fit.zoom).toBeLessThan(MIN_ZOOM)
  const view = { ...fit, pane, canvas, pixelRatio: 1, fitZoom: fit.zoom }
  const closer = zoomAt(view, { x: 0, y: 0 }, 1)
  expect(zoomAt({ ...view, ...closer }, { x: 0, y: 0 }, 0.0001).zoom).toBe(fit.zoom)
})

it('the zoom buttons pass through 100 % and end at the limits', () => {
  const pane = { width: 800, height: 600 }
  const canvas = { x: 0, y: 0, ...pane }
  let view: View = { zoom: 0.63, center: { x: 0, y: 0 }, pane, canvas, pixelRatio: 1, fitZoom: 0.2 }
  const press = (direction: 1 | -1) => {
    view = { ...view, ...zoomAt(view, { x: 400, y: 300 }, zoomStep(view.zoom, direction)) }
    return view.zoom
  }
  const seen = Array.from({ length: 20 }, () => press(1))
  expect(seen).toContain(1)
  expect(seen.at(-1)).toBe(MAX_ZOOM)
  for (let k = 0; k < 40; k++) press(-1)
  expect(view.zoom).toBe(MIN_ZOOM)
})

it('kept in sight, the middle of the pane shows the image; a view that does already is not moved', () => {
  fc.assert(
    fc.property(anyView, fc.record({ width: fc.nat(9000), height: fc.nat(9000) }), (v, image) => {
      const { zoom, center } = keepInSight(v, image)
      expect(zoom).toBe(v.zoom)
      for (const [at, side, before] of [
        [center.x, image.width, v.center.x],
        [center.y, image.height, v.center.y],
      ] as const) {
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThanOrEqual(side)
        if (before >= 0 && before <= side) expect(at).toBe(before)
      }
    }),
  )
})
