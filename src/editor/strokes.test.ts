import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EditorDriver } from './maskEditor.testkit'

const SIZE = { width: 600, height: 520 }

describe('a brush without a smooth edge', () => {
  const crisp = (size: number) => {
    const driver = new EditorDriver(SIZE)
    driver.brush = { size, hardness: 100, opacity: 100, smoothEdge: false }
    return driver
  }

  it('at full hardness makes 0 and 255 only, painting and erasing, under any pressure', () => {
    const at = fc.record({
      x: fc.double({ min: 0, max: 600, noNaN: true }),
      y: fc.double({ min: 0, max: 500, noNaN: true }),
      pressure: fc.double({ min: 0.01, max: 1, noNaN: true }),
      erase: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(at, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 90 }),
        (way, size) => {
          const driver = crisp(size)
          const [first, ...rest] = way
          driver.down(first.x, first.y, { pressure: first.pressure, erase: false })
          for (const { x, y, pressure } of rest) driver.move(x, y, { pressure })
          driver.up()
          const painted = driver.bytes()
          // Rounded to half a pixel, a point by the far edge is on the pixel beyond it, which a thin tip alone takes.
          const isInside = way.some(({ x }) => Math.round(x * 2) / 2 < SIZE.width)
          if (isInside && !painted.includes(255)) return false
          driver.down(first.x, first.y, { pressure: first.pressure, erase: true }).up()
          return [painted, driver.bytes()].every((bytes) =>
            bytes.every((value) => value === 0 || value === 255),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each([
    [1, 1],
    [2, 4],
    [3, 9],
    [4, 12],
  ])('of %d px sets %d pixels, wherever in a pixel it is pressed', (size, count) => {
    for (const [x, y] of [
      [100, 80],
      [100.5, 80.5],
      [100.7, 80.2],
    ] as const) {
      const bytes = crisp(size).down(x, y).up().bytes()
      expect(bytes.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0)).toBe(count)
    }
  })
})

describe('a stroke that removes', () => {
  it('is handed over as the brush would draw it, and leaves no byte and no step in the mask', () => {
    const draw = (tool: string) => {
      const driver = new EditorDriver(SIZE)
      driver.down(300, 200).move(330, 260).up()
      driver.tool = tool
      driver.down(310, 210).move(200.3, 100.6).move(180, 90).up()
      return driver
    }
    const [brushed, removed] = [draw('brush'), draw('remove')]
    expect(removed.filled).toEqual([brushed.editor.commands[1]])
    expect(removed.editor.commands).toEqual([brushed.editor.commands[0]])
    brushed.editor.undo()
    expect(Buffer.compare(removed.bytes(), brushed.bytes())).toBe(0)
    removed.down(10, 10).move(50, 50)
    removed.editor.cancel()
    expect(removed.filled).toHaveLength(1)
  })
})
