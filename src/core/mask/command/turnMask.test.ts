import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Rect, rectOf } from '../../geometry'
import { rotatedSize } from '../../image/rotate'
import { createMask, readMask } from '../mask'
import { guideLinesOf } from './guideLines'
import { type MaskCommand, replayCommands } from './maskCommand'
import { commandList } from './maskCommand.testkit'
import { turnGuides, turnMask } from './turnMask'

const FRAME = { x: 0, y: 0, width: 90, height: 70 }
const commands = commandList(FRAME, 5)
const quarter = fc.constantFrom(90, -90)

function made(frame: Rect, list: readonly MaskCommand[]) {
  const mask = createMask(frame)
  replayCommands(mask, list)
  return readMask(mask, frame)
}

describe('what is painted, turned with its picture', () => {
  it('is as it was after four quarters, and turned to the pixel after one', () => {
    fc.assert(
      fc.property(commands, quarter, (list, degrees) => {
        let now: readonly MaskCommand[] = list
        let frame: Rect = FRAME
        for (let turn = 0; turn < 4; turn++) {
          const turned = turnMask(frame, now, frame, degrees)
          const before = made(frame, now)
          frame = rectOf(rotatedSize(frame, degrees))
          now = turned ? [turned] : []
          const after = made(frame, now)
          for (let y = 0; y < before.height; y += 7) {
            for (let x = 0; x < before.width; x++) {
              const [toX, toY] = degrees > 0 ? [before.height - 1 - y, x] : [y, before.width - 1 - x]
              expect(after.data[toY * after.width + toX]).toBe(before.data[y * before.width + x])
            }
          }
        }
        expect(made(frame, now)).toEqual(made(FRAME, list))
      }),
      { numRuns: 15 },
    )
  })

  it('is what the frame shows of it, and nothing in the corners that an angle bares', () => {
    const all: MaskCommand = { kind: 'rectangle', mode: 'paint', rect: FRAME }
    const shown = { x: 10, y: 20, width: 40, height: 30 }
    const turned = turnMask(FRAME, [all], shown, 20)!
    const { width, height } = rotatedSize(shown, 20)
    expect(turned).toMatchObject({ kind: 'raster', rect: { x: 0, y: 0, width, height } })
    const { data } = made(rectOf({ width, height }), [turned])
    expect([data[0], data[Math.floor(height / 2) * width + Math.floor(width / 2)]]).toEqual([0, 255])
    const covered = data.reduce((sum, value) => sum + value, 0) / 255
    expect(Math.abs(covered - 40 * 30)).toBeLessThan(70)
    expect(turnMask(FRAME, [], shown, 90)).toBeNull()
  })

  it('turns guides to points that a file keeps as they are: none is a negative zero', () => {
    fc.assert(
      fc.property(commands, fc.constantFrom(-90, 90, 180, 7, -30), (list, degrees) => {
        for (const command of turnGuides(list, FRAME, degrees))
          for (const { x, y } of command.kind === 'stroke' ? command.points : [])
            expect([x, y].some((one) => Object.is(one, -0))).toBe(false)
      }),
    )
  })

  it('goes on along the same lines: four quarters of guides are the guides', () => {
    fc.assert(
      fc.property(commands, quarter, (list, degrees) => {
        const half = list.map((command) =>
          command.kind === 'stroke'
            ? {
                ...command,
                points: command.points.map((p) => ({ ...p, x: Math.round(p.x) + 0, y: Math.round(p.y) + 0 })),
              }
            : command,
        )
        let now: readonly MaskCommand[] = half
        let frame: Rect = FRAME
        for (let turn = 0; turn < 4; turn++) {
          now = turnGuides(now, frame, degrees)
          frame = rectOf(rotatedSize(frame, degrees))
        }
        expect(guideLinesOf(now)).toEqual(guideLinesOf(half))
      }),
    )
    const line: MaskCommand = {
      kind: 'stroke',
      mode: 'paint',
      size: 1,
      hardness: 100,
      opacity: 100,
      points: [
        { x: 0, y: 0, pressure: 255 },
        { x: 90, y: 70, pressure: 255 },
      ],
    }
    expect(guideLinesOf(turnGuides([line], FRAME, 90))).toEqual([
      {
        points: [
          { x: 70, y: 0 },
          { x: 0, y: 90 },
        ],
      },
    ])
  })
})
