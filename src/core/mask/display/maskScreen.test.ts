import { expect, it } from 'vitest'
import { EMPTY_RECT, intersectRect, type Rect, unionRect } from '../../geometry'
import { pixelsOf, type View } from '../../viewport'
import { applyCommand } from '../command/maskCommand'
import { createMask, type Mask, tileRect } from '../mask'
import { MaskEdit } from '../maskEdit'
import { FULL_TILE } from '../tiles'
import { MaskScreen } from './maskScreen'
import { grayColors, overlayColors } from './overlayColors'
import { sampleMask, sampleShown, type ScreenCoverage, screenPart } from './sampleMask'

const FRAME = { x: 0, y: 0, width: 900, height: 700 }
const CANVAS = { width: 300, height: 240 }
const WHOLE = { x: 0, y: 0, ...CANVAS }

function viewAt(zoom: number): View {
  return {
    zoom,
    center: { x: 450, y: 350 },
    pane: CANVAS,
    canvas: WHOLE,
    pixelRatio: 1,
    fitZoom: zoom,
  }
}

function whole(mask: Mask, view: View): ScreenCoverage {
  return { part: WHOLE, coverage: sampleMask(mask, view, WHOLE) }
}

function drawStroke(mask = createMask(FRAME)) {
  const edit = new MaskEdit(mask)
  const stroke = { kind: 'stroke', mode: 'paint', size: 90, hardness: 40, opacity: 100 } as const
  const points = [
    { x: 300, y: 260, pressure: 1 },
    { x: 640, y: 480, pressure: 1 },
  ]
  return { mask, dirty: applyCommand(edit, { ...stroke, points }) }
}

for (const zoom of [0.11, 0.31, 1, 2.7]) {
  it(`what is painted as it changes is what is painted anew, at ${zoom}`, () => {
    const view = viewAt(zoom)
    const mask = createMask(FRAME)
    const setup = { canvas: CANVAS, picture: pixelsOf(view, FRAME), colors: overlayColors('#ff263e', 50) }
    const changing = new MaskScreen()
    changing.reset(setup, whole(mask, view))
    const canvas = new Uint32Array(changing.paint(WHOLE).buffer)
    const { dirty } = drawStroke(mask)
    const part = screenPart(view, dirty, CANVAS)
    changing.put(part, sampleMask(mask, view, part))
    const painted = new Uint32Array(changing.paint(part).buffer)
    for (let y = 0; y < part.height; y++) {
      const row = painted.subarray(y * part.width, (y + 1) * part.width)
      canvas.set(row, (part.y + y) * CANVAS.width + part.x)
    }
    const anew = new MaskScreen()
    anew.reset(setup, whole(mask, view))
    expect(canvas).toEqual(new Uint32Array(anew.paint(WHOLE).buffer))
    expect(new Set(canvas).size).toBeGreaterThan(2)
  })
}

it('the outline moves in few blocks and comes back after eight steps; outside the picture nothing is painted', () => {
  const view = viewAt(0.31)
  const { mask } = drawStroke()
  const picture = pixelsOf(view, FRAME)
  const screen = new MaskScreen()
  screen.reset({ canvas: CANVAS, picture, colors: grayColors() }, whole(mask, view))
  const first = screen.paint(WHOLE)
  const outside = (picture.y - 4) * CANVAS.width + 150
  expect(first[outside * 4 + 3]).toBe(0)
  expect(first[(picture.y + 4) * CANVAS.width * 4 + 150 * 4 + 3]).toBe(255)
  for (let k = 0; k < 8; k++) {
    const parts = screen.step()
    const area = parts.reduce((sum, { width, height }) => sum + width * height, 0)
    expect(area).toBeGreaterThan(0)
    expect(area).toBeLessThan(CANVAS.width * CANVAS.height)
    parts.forEach((part) => screen.paint(part))
    if (k === 0) expect(screen.paint(WHOLE)).not.toEqual(first)
  }
  expect(screen.paint(WHOLE)).toEqual(first)
})

/** All that a canvas shows, painted part by part on one that was cleared. */
function paintedPart(screen: MaskScreen, part: Rect): Uint32Array {
  const pixels = new Uint32Array(screen.paint(part).buffer)
  const canvas = new Uint32Array(CANVAS.width * CANVAS.height)
  for (let y = 0; y < part.height; y++) {
    const row = pixels.subarray(y * part.width, (y + 1) * part.width)
    canvas.set(row, (part.y + y) * CANVAS.width + part.x)
  }
  return canvas
}

it('of a view only what tiles with a mask show is sampled and painted, and it is as if all were', () => {
  const { mask } = drawStroke()
  const full = createMask(FRAME)
  full.tiles.fill(FULL_TILE)
  const held = mask.tiles.reduce<Rect>(
    (box, tile, index) => (tile ? unionRect(box, tileRect(mask, index)) : box),
    EMPTY_RECT,
  )
  const seen = intersectRect(held, FRAME)
  for (const zoom of [0.11, 0.31, 1, 2.7]) {
    const view = viewAt(zoom)
    for (const [of, colors] of [
      [mask, overlayColors('#ff263e', 50)],
      [full, overlayColors('#ff263e', 50)],
      [mask, grayColors()],
    ] as const) {
      const setup = { canvas: CANVAS, picture: pixelsOf(view, FRAME), colors }
      const screen = new MaskScreen()
      const marked = sampleShown(of, view, CANVAS)
      const pixels = paintedPart(screen, screen.reset(setup, marked))
      const anew = new MaskScreen()
      anew.reset(setup, whole(of, view))
      expect(Buffer.compare(Buffer.from(pixels.buffer), Buffer.from(anew.paint(WHOLE).buffer))).toBe(0)
      expect(pixels.some((pixel) => pixel !== 0)).toBe(true)
      // What a frame costs follows the tiles, not the canvas.
      if (of === mask) {
        const most = (seen.width * zoom + 6) * (seen.height * zoom + 6)
        expect(marked.coverage.length).toBeLessThanOrEqual(most)
      }
    }
  }
  const marked = sampleShown(createMask(FRAME), viewAt(1), CANVAS)
  expect(marked.coverage).toHaveLength(0)
  const colors = overlayColors('#ff263e', 50)
  expect(new MaskScreen().reset({ canvas: CANVAS, picture: WHOLE, colors }, marked).width).toBe(0)
})
