import { expect, it } from 'vitest'
import { pixelsOf, type View } from '../../viewport'
import { applyCommand } from '../command/maskCommand'
import { createMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { MaskScreen } from './maskScreen'
import { grayColors, overlayColors } from './overlayColors'
import { sampleMask, screenPart } from './sampleMask'

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
    changing.reset(setup, sampleMask(mask, view, WHOLE))
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
    anew.reset(setup, sampleMask(mask, view, WHOLE))
    expect(canvas).toEqual(new Uint32Array(anew.paint(WHOLE).buffer))
    expect(new Set(canvas).size).toBeGreaterThan(2)
  })
}

it('the outline moves in few blocks and comes back after eight steps; outside the picture nothing is painted', () => {
  const view = viewAt(0.31)
  const { mask } = drawStroke()
  const picture = pixelsOf(view, FRAME)
  const screen = new MaskScreen()
  screen.reset({ canvas: CANVAS, picture, colors: grayColors() }, sampleMask(mask, view, WHOLE))
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

it('beyond what is shown a cleared canvas is as if it had been painted', () => {
  const { mask } = drawStroke()
  for (const zoom of [0.11, 0.31, 1, 2.7]) {
    const view = viewAt(zoom)
    const setup = { canvas: CANVAS, picture: pixelsOf(view, FRAME) }
    const screen = new MaskScreen()
    screen.reset({ ...setup, colors: overlayColors('#ff263e', 50) }, sampleMask(mask, view, WHOLE))
    const part = screen.shown()
    const painted = new Uint32Array(screen.paint(part).buffer)
    const canvas = new Uint32Array(CANVAS.width * CANVAS.height)
    for (let y = 0; y < part.height; y++) {
      const row = painted.subarray(y * part.width, (y + 1) * part.width)
      canvas.set(row, (part.y + y) * CANVAS.width + part.x)
    }
    expect(canvas).toEqual(new Uint32Array(screen.paint(WHOLE).buffer))
    expect(painted.length).toBeGreaterThan(0)
    screen.reset({ ...setup, colors: grayColors() }, sampleMask(mask, view, WHOLE))
    expect(screen.shown()).toEqual(WHOLE)
  }
  const empty = new MaskScreen()
  const colors = overlayColors('#ff263e', 50)
  empty.reset({ canvas: CANVAS, picture: WHOLE, colors }, new Uint8Array(CANVAS.width * CANVAS.height))
  expect(empty.shown().width).toBe(0)
})
