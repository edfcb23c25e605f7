import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMask, readMask } from '../core/mask/mask'
import { replayCommands } from '../core/mask/command/maskCommand'
import type { PaintArea } from '../core/document/document'
import { EditorDriver } from './maskEditor.testkit'

const SIZE = { width: 300, height: 200 }
const AREAS: readonly PaintArea[] = ['mask', 'sampling']

const stroke = fc.record({
  area: fc.constantFrom(...AREAS),
  tool: fc.constantFrom('brush', 'eraser', 'rectangle'),
  x: fc.integer({ min: 0, max: 300 }),
  y: fc.integer({ min: 0, max: 200 }),
  dx: fc.integer({ min: 1, max: 80 }),
  dy: fc.integer({ min: 1, max: 80 }),
})

function bothOf(driver: EditorDriver): string {
  return AREAS.map((area) => Buffer.from(driver.bytes(area)).toString('base64')).join()
}

it('mask and sampling area are painted apart, and undone in one order', () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 8 }), (strokes) => {
      const driver = new EditorDriver(SIZE)
      const { editor } = driver
      const dirty = new Set<PaintArea>()
      editor.subscribe({ dirty: (_rect, area) => dirty.add(area) })
      const states: string[] = []
      for (const { area, tool, x, y, dx, dy } of strokes) {
        states.push(bothOf(driver))
        dirty.clear()
        const other = area === 'mask' ? 'sampling' : 'mask'
        const untouched = driver.bytes(other)
        driver.area = area
        driver.tool = tool
        driver
          .down(x, y)
          .move(x + dx, y + dy)
          .up()
        expect(dirty.has(other)).toBe(false)
        expect(Buffer.compare(driver.bytes(other), untouched)).toBe(0)
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
