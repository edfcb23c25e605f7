import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EditorDriver } from './maskEditor.testkit'
import type { ComputedCommand } from './tool'

const SIZE = { width: 600, height: 520 }

type Navigation =
  | { kind: 'pan'; dx: number; dy: number }
  | { kind: 'pinch'; x: number; y: number; zoom: number }

interface Drawn {
  readonly tool: string
  /** Far enough apart that none is taken for another at any zoom of the test. */
  readonly points: readonly (readonly [number, number])[]
  /** Before each point of a gesture of clicks, else before the gesture. */
  readonly between: readonly Navigation[]
  readonly closeByClick: boolean
}

const cell = (count: number) => fc.integer({ min: 0, max: count }).map((k) => k * 60)
const navigation: fc.Arbitrary<Navigation> = fc.oneof(
  fc.record({
    kind: fc.constant('pan' as const),
    dx: fc.integer({ min: -400, max: 400 }),
    dy: fc.integer({ min: -400, max: 400 }),
  }),
  fc.record({
    kind: fc.constant('pinch' as const),
    x: cell(10),
    y: cell(8),
    zoom: fc.constantFrom(0.5, 0.9, 1.25, 2),
  }),
)
const drawn: fc.Arbitrary<Drawn> = fc.record({
  tool: fc.constantFrom('polygon', 'polygon', 'polygon', 'lasso', 'brush', 'rectangle'),
  points: fc.uniqueArray(fc.tuple(cell(10), cell(8)), { minLength: 1, maxLength: 6, selector: String }),
  between: fc.array(navigation, { maxLength: 6 }),
  closeByClick: fc.boolean(),
})

function play(
  driver: EditorDriver,
  { tool, points, between, closeByClick }: Drawn,
  navigates: boolean,
): void {
  const navigate = (k: number) => {
    const next = navigates ? between[k] : undefined
    if (next?.kind === 'pan') driver.pan(next.dx, next.dy)
    // Twice as far or near at most: a corner is 60 px from the next one.
    else if (next && driver.zoom * next.zoom >= 0.5 && driver.zoom * next.zoom <= 2)
      driver.pinch(next.x, next.y, next.zoom)
  }
  driver.tool = tool
  const [first, ...rest] = points
  if (tool === 'polygon') {
    points.forEach((point, k) => {
      navigate(k)
      driver.move(...point)
      driver.down(...point).up()
    })
    navigate(points.length)
    if (closeByClick && points.length >= 3) driver.down(...first).up()
    else driver.editor.finish()
  } else {
    navigate(0)
    driver.down(...first)
    for (const point of rest) driver.move(...point)
    driver.up()
  }
}

describe('navigation', () => {
  it('between the clicks of a gesture changes nothing of what it makes', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 4 }), (list) => {
        const plain = new EditorDriver(SIZE)
        const navigated = new EditorDriver(SIZE)
        for (const gesture of list) {
          play(plain, gesture, false)
          play(navigated, gesture, true)
        }
        expect(navigated.editor.commands).toEqual(plain.editor.commands)
        expect(Buffer.compare(navigated.bytes(), plain.bytes())).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('takes the moves until its release; then the polygon follows the pointer again', () => {
    const driver = new EditorDriver(SIZE)
    driver.tool = 'polygon'
    driver.down(100, 100).up().down(200, 100).up()
    const { preview } = driver.editor
    driver.pan(30, 40)
    expect(driver.panned).toEqual({ x: 30, y: 40 })
    expect(driver.editor.preview).toEqual(preview)
    driver.move(200, 200)
    expect(driver.editor.preview).not.toEqual(preview)
    expect(driver.panned).toEqual({ x: 30, y: 40 })
  })

  it('closes a polygon at its first corner, wherever that lies on the screen by now', () => {
    const driver = new EditorDriver(SIZE)
    driver.tool = 'polygon'
    driver.down(100, 100).up().down(200, 100).up().pan(70, -20).down(200, 200).up()
    driver.down(104, 104).up()
    expect(driver.editor.commands).toHaveLength(1)
    expect(driver.editor.isDrawing).toBe(false)
  })
})

describe('cancel', () => {
  it('with a pointer down takes only its click back, also the one that would have closed the polygon', () => {
    const driver = new EditorDriver(SIZE)
    const { editor } = driver
    driver.tool = 'polygon'
    driver.down(100, 100).up().down(200, 100).up().down(200, 200).up()
    driver.down(100, 100)
    editor.cancel()
    expect(editor.isBetweenClicks).toBe(true)
    driver.down(300, 300)
    editor.cancel()
    editor.finish()
    expect(editor.commands).toEqual([
      {
        kind: 'polygon',
        mode: 'paint',
        points: [
          { x: 100, y: 100 },
          { x: 200, y: 100 },
          { x: 200, y: 200 },
        ],
      },
    ])
  })

  it('between clicks takes the whole gesture back, and its first click is all of it', () => {
    const driver = new EditorDriver(SIZE)
    driver.tool = 'polygon'
    driver.down(100, 100).up().down(200, 100).up()
    driver.editor.cancel()
    expect(driver.editor.isDrawing).toBe(false)
    driver.down(100, 100)
    driver.editor.cancel()
    expect(driver.editor.isDrawing).toBe(false)
  })
})

describe('edits', () => {
  const count = (driver: EditorDriver) => driver.editor.edits

  it('counts what is done, undone and redone, and a stroke that was taken back', () => {
    const driver = new EditorDriver(SIZE)
    driver.down(100, 100).up()
    expect(count(driver)).toBe(1)
    driver.editor.undo()
    driver.editor.redo()
    expect(count(driver)).toBe(3)
    driver.down(300, 300)
    driver.editor.cancel()
    expect(count(driver)).toBe(4)
  })

  it('counts no gesture that changes nothing', () => {
    const driver = new EditorDriver(SIZE)
    driver.pan(10, 10)
    driver.tool = 'rectangle'
    driver.down(50, 50).move(90, 90)
    driver.editor.cancel()
    driver.down(50, 50).up()
    driver.tool = 'polygon'
    driver.down(50, 50).up().down(90, 90).up()
    driver.editor.finish()
    expect(count(driver)).toBe(0)
  })
})

describe('a command that was computed elsewhere', () => {
  const full: ComputedCommand = {
    command: { kind: 'rectangle', mode: 'paint', rect: { x: 0, y: 0, width: 256, height: 256 } },
    changes: [{ index: 0, tile: 'full' }],
  }

  it('is applied under a polygon that is open, which goes on', () => {
    const driver = new EditorDriver(SIZE)
    driver.tool = 'polygon'
    driver.down(300, 300).up().down(500, 300).up()
    const { edits } = driver.editor
    driver.pan(5, 5)
    expect(driver.editor.applyComputed(full, edits)).toBe(true)
    driver.down(500, 500).up().down(300, 300).up()
    expect(driver.editor.commands.map(({ kind }) => kind)).toEqual(['rectangle', 'polygon'])
  })

  it('is refused where the mask has changed since, or is being drawn on', () => {
    const driver = new EditorDriver(SIZE)
    const { edits } = driver.editor
    driver.down(300, 300)
    expect(driver.editor.applyComputed(full)).toBe(false)
    driver.up()
    expect(driver.editor.applyComputed(full, edits)).toBe(false)
    expect(driver.editor.applyComputed(full)).toBe(true)
  })
})

it('a gesture whose result comes later says at once that its outline is gone', async () => {
  const driver = new EditorDriver(SIZE)
  const seen: string[] = []
  driver.tool = 'smart'
  driver.down(50, 50).move(90, 50).move(90, 90)
  driver.editor.subscribe({
    preview: () => seen.push(driver.editor.preview === null ? 'no outline' : 'outline'),
    change: ({ kind }) => seen.push(kind),
  })
  driver.up()
  expect(seen).toEqual(['no outline', 'cancel'])
  await driver.selected
})
