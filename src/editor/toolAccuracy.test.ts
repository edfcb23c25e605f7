import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ImagePoint } from '../core/geometry'
import { readMask } from '../core/mask/mask'
import { canvasBox, cssScale, imageToScreen, screenToImage, snapToPixels, type View } from '../core/viewport'
import { MaskEditor } from './maskEditor'
import type { PointerInput } from './tool'
import { toolById } from './toolRegistry'

const IMAGE = { width: 800, height: 600 }

const anyView: fc.Arbitrary<View> = fc
  .record({
    zoom: fc.constantFrom(0.25, 1, 4, 16),
    pixelRatio: fc.constantFrom(1, 1.5, 2),
    center: fc.record({
      x: fc.double({ min: 0, max: 800, noNaN: true }),
      y: fc.double({ min: 0, max: 600, noNaN: true }),
    }),
    // Where it lies on the page, and its size.
    box: fc.record({
      x: fc.double({ min: 0, max: 300, noNaN: true }),
      y: fc.double({ min: 0, max: 300, noNaN: true }),
      width: fc.integer({ min: 300, max: 1500 }),
      height: fc.integer({ min: 300, max: 900 }),
    }),
  })
  .map(({ box, zoom, center, pixelRatio }) => ({
    zoom,
    center,
    pixelRatio,
    pane: { width: box.width, height: box.height },
    canvas: canvasBox(box, pixelRatio),
    fitZoom: 1,
  }))

/** A pointer where the page shows an image point. */
function inputAt(view: View, at: ImagePoint): PointerInput {
  const shown = snapToPixels(view)
  const screen = imageToScreen(shown, at)
  const point = screenToImage(shown, screen)
  return {
    point,
    screen,
    scale: cssScale(view),
    pressure: null,
    shift: false,
    erase: false,
    intersect: false,
  }
}

/** Draws as a hand would. @returns the editor, and what was asked to be selected */
function draw(tool: string, view: View, points: readonly ImagePoint[]) {
  const editor = new MaskEditor({ x: 0, y: 0, ...IMAGE })
  const outlines: (readonly ImagePoint[])[] = []
  const host = {
    brush: { size: 20, hardness: 100, opacity: 100, smoothEdge: true },
    area: 'mask' as const,
    usePressure: true,
    pan: () => {},
    select: (_by: unknown, outline: readonly ImagePoint[]) => {
      outlines.push(outline)
      return Promise.resolve(null)
    },
    fill: () => {},
  }
  const clicks = tool === 'polygon'
  for (const [k, point] of points.entries()) {
    if (k === 0 || clicks) editor.begin(toolById(tool), inputAt(view, point), host)
    else editor.move(inputAt(view, point))
    if (clicks) editor.release()
  }
  editor.release()
  return { editor, outlines }
}

const TOOLS = [
  { tool: 'rectangle', area: 4 },
  { tool: 'ellipse', area: Math.PI },
  { tool: 'lasso', area: 4 },
  { tool: 'polygon', area: 4 },
] as const

it('every shape lies where it is drawn within 1 px, in any view, at every zoom and pixel ratio', () => {
  const shape = fc.record({
    view: anyView,
    x: fc.integer({ min: 200, max: 600 }),
    y: fc.integer({ min: 200, max: 400 }),
    half: fc.integer({ min: 12, max: 160 }),
  })
  for (const { tool, area } of TOOLS) {
    fc.assert(
      fc.property(shape, ({ view, x, y, half }) => {
        // The polygon closes where a click comes near its first corner on the screen.
        fc.pre(half * cssScale(view) > 12)
        const corners = [
          { x: x - half, y: y - half },
          { x: x + half, y: y - half },
          { x: x + half, y: y + half },
          { x: x - half, y: y + half },
        ]
        const [first, , opposite] = corners
        const points =
          tool === 'lasso' ? corners : tool === 'polygon' ? [...corners, first] : [first, opposite]
        const { editor } = draw(tool, view, points)
        const { data } = readMask(editor.mask, editor.mask.frame)
        const found = { sum: 0, x: 0, y: 0 }
        data.forEach((coverage, p) => {
          found.sum += coverage / 255
          found.x += (coverage / 255) * ((p % IMAGE.width) + 0.5)
          found.y += (coverage / 255) * (Math.floor(p / IMAGE.width) + 0.5)
        })
        expect(Math.abs(found.x / found.sum - x)).toBeLessThanOrEqual(1)
        expect(Math.abs(found.y / found.sum - y)).toBeLessThanOrEqual(1)
        expect(Math.abs(Math.sqrt(found.sum / area) - half)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 40 },
    )
  }
})

it('a selection asks about the pixel under the pointer, in any view, at every zoom and pixel ratio', () => {
  for (const tool of ['wand', 'smart']) {
    fc.assert(
      fc.property(
        anyView,
        fc.integer({ min: 0, max: 799 }),
        fc.integer({ min: 0, max: 599 }),
        (view, x, y) => {
          const { outlines } = draw(tool, view, [{ x: x + 0.5, y: y + 0.5 }])
          expect(outlines).toHaveLength(1)
          const [point] = outlines[0]
          expect([Math.floor(point.x), Math.floor(point.y)]).toEqual([x, y])
        },
      ),
    )
  }
})
