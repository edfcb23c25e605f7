import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, readMask } from '../core/mask/mask'
import { replayCommands } from '../core/mask/command/maskCommand'
import { EditorDriver } from './maskEditor.testkit'
import type { ComputedCommand } from './tool'

const SIZE = { width: 600, height: 520 }
const FRAME = { x: 0, y: 0, ...SIZE }

const path = fc.array(fc.tuple(fc.integer({ min: -50, max: 650 }), fc.integer({ min: -50, max: 570 })), {
  minLength: 1,
  maxLength: 6,
})

type Action =
  | { kind: 'stroke'; tool: string; size: number; points: [number, number][] }
  | { kind: 'invert' | 'clear' | 'undo' | 'redo' | 'pack' }

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('stroke' as const),
      tool: fc.constantFrom('brush', 'eraser'),
      size: fc.integer({ min: 1, max: 200 }),
      points: path,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('invert' as const, 'clear', 'undo', 'redo', 'pack') }),
  },
)

function play(driver: EditorDriver, step: Action): void {
  const { editor } = driver
  switch (step.kind) {
    case 'stroke': {
      driver.tool = step.tool
      driver.brush = { size: step.size, hardness: 60, opacity: 90, smoothEdge: step.size % 3 > 0 }
      const [first, ...rest] = step.points
      driver.down(...first)
      for (const point of rest) driver.move(...point)
      driver.up()
      return
    }
    case 'undo':
      editor.undo()
      return
    case 'redo':
      editor.redo()
      return
    case 'pack':
      editor.packHistory(() => true)
      return
    case 'invert':
    case 'clear':
      editor.apply({ kind: step.kind })
  }
}

describe('MaskEditor', () => {
  it('replaying its commands gives the bytes that were drawn live', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (steps) => {
        const driver = new EditorDriver(SIZE)
        for (const step of steps) play(driver, step)
        const mask = createMask(FRAME)
        replayCommands(mask, driver.editor.commands)
        return Buffer.compare(readMask(mask, FRAME).data, driver.bytes()) === 0
      }),
      { numRuns: 40 },
    )
  })

  it('undoing everything and redoing it gives every state back', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 10 }), (steps) => {
        const driver = new EditorDriver(SIZE)
        const states = [driver.bytes()]
        for (const step of steps.filter(({ kind }) => kind !== 'undo' && kind !== 'redo')) {
          const before = driver.editor.commands.length
          play(driver, step)
          if (driver.editor.commands.length > before) states.push(driver.bytes())
        }
        for (let k = states.length - 2; k >= 0; k--) {
          driver.editor.undo()
          driver.editor.packHistory(() => true)
          expect(Buffer.compare(driver.bytes(), states[k])).toBe(0)
        }
        expect(driver.editor.canUndo).toBe(false)
        for (let k = 1; k < states.length; k++) {
          driver.editor.redo()
          expect(Buffer.compare(driver.bytes(), states[k])).toBe(0)
        }
        expect(driver.editor.canRedo).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps 300 steps, two strokes in a row as two of them', () => {
    const driver = new EditorDriver(SIZE)
    driver.brush = { size: 120, hardness: 0, opacity: 100, smoothEdge: true }
    for (let k = 0; k < 300; k++) {
      driver
        .down((k * 37) % 600, (k * 53) % 520)
        .move((k * 41) % 600, (k * 29) % 520)
        .up()
      if (k % 20 === 0) driver.editor.packHistory(() => true)
    }
    let undone = 0
    while (driver.editor.canUndo) {
      driver.editor.undo()
      undone++
    }
    expect(undone).toBe(300)
    expect(driver.editor.isEmpty).toBe(true)
  })

  it('takes a cancelled stroke back without a trace', () => {
    const driver = new EditorDriver(SIZE)
    driver.down(100, 100).move(200, 200).up()
    const before = driver.bytes()
    driver.down(300, 300).move(400, 100)
    expect(Buffer.compare(driver.bytes(), before)).not.toBe(0)
    driver.editor.cancel()
    expect(Buffer.compare(driver.bytes(), before)).toBe(0)
    expect(driver.editor.commands).toHaveLength(1)
    expect(driver.editor.canRedo).toBe(false)
  })

  it('a shift-click joins the end of the last stroke by a straight line', () => {
    const joined = new EditorDriver(SIZE)
    joined.down(50, 50).up().down(400, 300, { shift: true }).up()
    const drawn = new EditorDriver(SIZE)
    drawn.down(50, 50).move(400, 300).up()
    expect(Buffer.compare(joined.bytes(), drawn.bytes())).toBe(0)
  })

  it('pen pressure scales the size', () => {
    const full = new EditorDriver(SIZE)
    full.brush = { size: 100, hardness: 100, opacity: 100, smoothEdge: true }
    full.down(300, 300, { pressure: 1 }).up()
    const half = new EditorDriver(SIZE)
    half.brush = full.brush
    half.down(300, 300, { pressure: 0.5 }).up()
    const area = (driver: EditorDriver) => driver.bytes().reduce((sum, byte) => sum + byte, 0)
    expect(area(half) / area(full)).toBeCloseTo(0.25, 1)
  })

  it('the hand moves the view and leaves no undo step', () => {
    const driver = new EditorDriver(SIZE)
    driver.tool = 'hand'
    driver.down(10, 10).move(40, 25).up()
    expect(driver.panned).toEqual({ x: 30, y: 15 })
    expect(driver.editor.canUndo).toBe(false)
  })
})

function replayedBytes({ editor }: EditorDriver): Uint8Array {
  const mask = createMask(editor.mask.frame)
  replayCommands(mask, editor.commands)
  return readMask(mask, mask.frame).data
}

describe('a selection that comes later', () => {
  const full: ComputedCommand = {
    command: { kind: 'rectangle', mode: 'paint', rect: { x: 0, y: 0, width: 256, height: 256 } },
    changes: [{ index: 0, tile: 'full' }],
  }
  const paint = (driver: EditorDriver) => {
    driver.tool = 'brush'
    return driver.down(300, 300).move(340, 300)
  }
  it.each([
    ['nothing', () => {}, true],
    [
      'a look around',
      (driver: EditorDriver) => Object.assign(driver, { tool: 'hand' }).down(9, 9).move(50, 50).up(),
      true,
    ],
    ['a stroke', (driver: EditorDriver) => paint(driver).up(), true],
    [
      'a stroke that is taken back while it is drawn',
      (driver: EditorDriver) => paint(driver).editor.cancel(),
      true,
    ],
    [
      'undo, and another stroke in its place',
      (driver: EditorDriver) => (driver.editor.undo(), paint(driver).up()),
      false,
    ],
  ] as const)(
    'after %s: it is applied to the mask as it is, and not after undo',
    async (_name, meanwhile, applied) => {
      const driver = new EditorDriver(SIZE)
      driver.down(400, 100).move(430, 100).up()
      let answer: (found: ComputedCommand) => void = () => {}
      driver.selected = new Promise((resolve) => (answer = resolve))
      driver.tool = 'wand'
      driver.down(20, 20).up()
      meanwhile(driver)
      const before = driver.bytes()
      answer(full)
      await driver.selected
      await Promise.resolve()
      expect(driver.bytes()[10 * SIZE.width + 10]).toBe(applied ? 255 : 0)
      expect(Buffer.compare(driver.bytes(), replayedBytes(driver))).toBe(0)
      if (!applied) expect(Buffer.compare(driver.bytes(), before)).toBe(0)
    },
  )

  it('of two quick clicks neither is lost, nor to a stroke that is being drawn', async () => {
    const driver = new EditorDriver(SIZE)
    const answers: ((found: ComputedCommand) => void)[] = []
    driver.tool = 'wand'
    for (const at of [20, 60]) {
      driver.selected = new Promise((resolve) => answers.push(resolve))
      driver.down(at, 20).up()
    }
    paint(driver)
    answers[0](full)
    answers[1]({
      ...full,
      command: { kind: 'ellipse', mode: 'paint', rect: { x: 400, y: 0, width: 50, height: 50 } },
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(driver.editor.commands).toEqual([])
    driver.up()
    for (let i = 0; i < 6; i++) await Promise.resolve()
    expect(driver.editor.commands.map(({ kind }) => kind)).toEqual(['stroke', 'rectangle', 'ellipse'])
    expect(Buffer.compare(driver.bytes(), replayedBytes(driver))).toBe(0)
  })
})
