import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMask, readMask } from '../core/mask/mask'
import { guideLinesOf } from '../core/mask/command/guideLines'
import { replayCommands } from '../core/mask/command/maskCommand'
import type { PaintArea } from '../core/document/document'
import { EditorDriver } from './maskEditor.testkit'

const SIZE = { width: 300, height: 200 }
const AREAS: readonly PaintArea[] = ['mask', 'sampling', 'guides']

const stroke = fc.record({
  chosen: fc.constantFrom('mask' as const, 'sampling' as const),
  tool: fc.constantFrom('brush', 'eraser', 'rectangle', 'guide'),
  x: fc.integer({ min: 0, max: 300 }),
  y: fc.integer({ min: 0, max: 200 }),
  dx: fc.integer({ min: 1, max: 80 }),
  dy: fc.integer({ min: 1, max: 80 }),
})

function bothOf(driver: EditorDriver): string {
  return AREAS.map((area) => Buffer.from(driver.bytes(area)).toString('base64')).join()
}

it('mask, sampling area and guide lines are drawn apart, and undone in one order', () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 8 }), (strokes) => {
      const driver = new EditorDriver(SIZE)
      const { editor } = driver
      const dirty = new Set<PaintArea>()
      editor.subscribe({ dirty: (_rect, area) => dirty.add(area) })
      const states: string[] = []
      for (const { chosen, tool, x, y, dx, dy } of strokes) {
        const area = tool === 'guide' ? 'guides' : chosen
        states.push(bothOf(driver))
        dirty.clear()
        const others = AREAS.filter((one) => one !== area)
        const untouched = others.map((other) => driver.bytes(other))
        driver.area = chosen
        driver.tool = tool
        driver
          .down(x, y)
          .move(x + dx, y + dy)
          .up()
        others.forEach((other, k) => {
          expect(dirty.has(other)).toBe(false)
          expect(Buffer.compare(driver.bytes(other), untouched[k])).toBe(0)
        })
      }
      const last = bothOf(driver)
      for (const area of AREAS) {
        const mask = createMask(editor.mask.frame)
        replayCommands(mask, editor.commandsOf(area))
        expect(Buffer.compare(readMask(mask, mask.frame).data, driver.bytes(area))).toBe(0)
      }
      for (const state of states.toReversed()) {
        editor.undo()
        expect(bothOf(driver)).toBe(state)
      }
      for (let k = 0; k < strokes.length; k++) editor.redo()
      expect(bothOf(driver)).toBe(last)
    }),
    { numRuns: 40 },
  )
})

it('a guide line runs as the hand does, straight with shift, and erases with alt', () => {
  const driver = new EditorDriver(SIZE)
  const { editor } = driver
  const lines = () => guideLinesOf(editor.commandsOf('guides'))
  driver.tool = 'guide'
  driver.down(10, 100)
  for (let x = 11; x <= 60; x++) driver.move(x, 100 + ((x >> 2) & 1))
  expect(editor.preview).toMatchObject({ kind: 'path', closed: false })
  driver.up()
  driver.down(10, 20).move(50, 60, { shift: true }).move(90, 21.2, { shift: true }).up()
  driver.down(5, 5).up()
  expect(editor.isEmpty).toBe(true)
  expect(editor.preview).toBe(null)
  const [hand, straight, ...more] = lines()
  expect(hand.points[0]).toEqual({ x: 10, y: 100 })
  expect(hand.points.at(-1)).toEqual({ x: 60, y: 101 })
  expect(hand.points.length).toBeLessThan(20)
  expect(straight.points).toEqual([
    { x: 10, y: 20 },
    { x: 90, y: 21 },
  ])
  expect(more).toEqual([])
  driver.down(30, 10, { erase: true }).move(30, 30, { erase: true }).up()
  expect(lines()).toEqual([hand])
  editor.undo()
  expect(lines()).toEqual([hand, straight])
  // A brush does not join its line to a guide.
  driver.tool = 'brush'
  driver.down(200, 100, { shift: true }).up()
  expect(editor.commands.at(-1)).toMatchObject({ points: [{ x: 200, y: 100 }] })
})
