import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandList } from '../command/maskCommand.testkit'
import { replayCommands } from '../command/maskCommand'
import { createMask, maskAt } from '../mask'
import { maskOutline } from './maskOutline'

const FRAME = { x: -7, y: 5, width: 90, height: 70 }

describe('the outline of a mask', () => {
  it('lies between each masked pixel and one that is not, and nowhere else', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), (commands) => {
        const mask = createMask(FRAME)
        replayCommands(mask, commands)
        const isIn = (x: number, y: number) => maskAt(mask, x, y) >= 128
        const expected = new Set<string>()
        for (let y = FRAME.y - 1; y <= FRAME.y + FRAME.height; y++) {
          for (let x = FRAME.x - 1; x <= FRAME.x + FRAME.width; x++) {
            if (isIn(x, y) !== isIn(x - 1, y)) expected.add(`${x},${y} down`)
            if (isIn(x, y) !== isIn(x, y - 1)) expected.add(`${x},${y} right`)
          }
        }
        const drawn = new Set<string>()
        const lines = maskOutline(mask)
        for (let i = 0; i < lines.length; i += 4) {
          const [x1, y1, x2, y2] = lines.subarray(i, i + 4)
          for (let x = x1; x < x2; x++) drawn.add(`${x},${y1} right`)
          for (let y = y1; y < y2; y++) drawn.add(`${x1},${y} down`)
        }
        expect(drawn).toEqual(expected)
      }),
    )
  })

  it('of a large mask has no more detail than can be seen', () => {
    const frame = { x: 0, y: 0, width: 5000, height: 4000 }
    const mask = createMask(frame)
    replayCommands(mask, [{ kind: 'ellipse', mode: 'paint', rect: frame }])
    const lines = maskOutline(mask)
    expect(lines.length / 4).toBeLessThan(4100)
    for (const at of lines) expect(at).toBeGreaterThanOrEqual(0)
  })
})
